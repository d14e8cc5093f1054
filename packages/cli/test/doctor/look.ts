import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Profile } from '../../src/config/config.ts'
import type { Reading, Surroundings } from '../../src/doctor/probe.ts'
import { probes } from '../../src/doctor/probes.ts'

/** Surroundings of a profile, with the clock and the limits of a test. */
export function surroundingsOf(profile: Partial<Profile>, more: Partial<Surroundings> = {}): Surroundings {
  return {
    name: 'local',
    profile: { baseUrl: 'http://localhost:1', ...profile },
    file: join(tmpdir(), 'createonce.config.json'),
    secrets: [],
    unset: [],
    environment: {},
    now: Date.now,
    timeoutMs: 5_000,
    ...more,
  }
}

/** What the probe of an id sees. */
export async function look(
  id: string,
  profile: Partial<Profile>,
  more: Partial<Surroundings> = {},
): Promise<readonly Reading[]> {
  const probe = probes.find((one) => one.id === id)
  if (probe === undefined) throw new Error(`There is no probe ${id}.`)
  return probe.look(surroundingsOf(profile, more))
}

/** The same, as one line for each reading: `bad 3000: taken`. */
export async function lines(
  id: string,
  profile: Partial<Profile>,
  more: Partial<Surroundings> = {},
): Promise<readonly string[]> {
  return (await look(id, profile, more)).map(({ kind, subject, seen }) => `${kind} ${subject}: ${seen}`)
}
