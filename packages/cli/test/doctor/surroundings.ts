import { fileURLToPath } from 'node:url'
import { chooseProfile } from '../../src/config/choose-profile.ts'
import type { Prerequisites } from '../../src/config/config.ts'
import type { Surroundings } from '../../src/doctor/probe.ts'

// Beside the packages of this repository, so that a probe finds the drivers there as it does in a project of a user.
const FILE = fileURLToPath(new URL('../../../../createonce.config.json', import.meta.url))

/** A run of the doctor on a profile with these prerequisites; the addresses with passwords stand in the environment. */
export function surroundings(
  prerequisites: Prerequisites,
  { environment = {}, ...others }: Partial<Surroundings> = {},
): Surroundings {
  const variables: Record<string, string> = {}
  const hidden = (name: string, url: string): string => {
    if (!url.includes('@')) return url
    variables[name] = url
    return `\${${name}}`
  }
  const { postgres, redis, ...rest } = prerequisites
  const needed = {
    ...rest,
    ...(postgres && { postgres: { ...postgres, url: hidden('DATABASE_URL', postgres.url) } }),
    ...(redis && { redis: { ...redis, url: hidden('REDIS_URL', redis.url) } }),
  }
  const config = { profiles: { local: { baseUrl: 'http://127.0.0.1:1', prerequisites: needed } } }
  const complete = { ...variables, ...environment }
  const chosen = chooseProfile({ config, file: FILE }, 'local', complete)
  return { ...chosen, environment: complete, now: Date.now, timeoutMs: 5_000, ...others }
}
