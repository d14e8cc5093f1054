import { neutralise } from '@createonce/verifier'
import type { Profile } from '../../config/config.ts'
import type { Source } from '../example/read-source.ts'
import { takeCredentials } from '../take-credentials.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import { waitUntilReady } from './wait-until-ready.ts'

/** Waits until the target is ready; tells on standard error why it is not, and returns whether it is. */
export async function awaitTarget(
  source: Source,
  flags: VerifyFlags,
  waitMs: number,
  profile: Pick<Profile, 'ready'> = {},
): Promise<boolean> {
  const place = placeOf(source, flags, profile)
  if (place === undefined) return true
  const { url, headers } = takeCredentials(place.url)
  const { timeout: timeoutMs, header = [] } = flags
  const { isReady } = place
  const own = place.isOwn ? [...header, ...headers] : headers
  const readiness = await waitUntilReady({ url, isReady, waitMs, timeoutMs, headers: own })
  if (readiness.kind === 'ready') {
    if (readiness.times > 1)
      process.stderr.write(`Ready after ${(readiness.afterMs / 1000).toFixed(1)} s: ${neutralise(url)}\n`)
    return true
  }
  const { seen, times } = readiness
  process.stderr.write(
    neutralise(
      `createonce: not ready within ${waitMs / 1000} s: ${url} ${seen} (asked ${times} time${times === 1 ? '' : 's'}). Look at the log of the service; --wait gives it more time.`,
    ),
  )
  process.stderr.write('\n')
  return false
}

/** What is asked, and whether the credentials of the API belong there. */
interface Place {
  readonly url: string
  readonly isReady: (status: number) => boolean
  readonly isOwn: boolean
}

// Below a base URL something answers, whatever it is; 502, 503 and 504 are said by who stands before it.
const isAnswered = (status: number): boolean => status < 500
const isSuccess = (status: number): boolean => status >= 200 && status < 300

function placeOf(source: Source, { baseUrl }: VerifyFlags, { ready }: Pick<Profile, 'ready'>): Place | undefined {
  if (ready !== undefined && baseUrl !== undefined)
    return { url: baseUrl.replace(/\/+$/, '') + ready, isReady: isSuccess, isOwn: true }
  if (source.kind === 'example') return { url: new URL(source.example.url).origin, isReady: isAnswered, isOwn: false }
  if (baseUrl !== undefined) return { url: baseUrl, isReady: isAnswered, isOwn: true }
  if (source.kind !== 'document' || !/^https?:/i.test(source.name)) return undefined
  return { url: source.name, isReady: isAnswered, isOwn: true }
}
