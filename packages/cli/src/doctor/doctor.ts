import { chooseProfile } from '../config/choose-profile.ts'
import { loadConfig } from '../config/load-config.ts'
import { type Examined, examine } from './examine.ts'
import type { Reading } from './probe.ts'
import { probes } from './probes.ts'

export interface DoctorOptions {
  /** Where the configuration is looked for, there and in the folders above. @default the working directory */
  readonly folder?: string
  /** @default the one that is meant where none is named */
  readonly profile?: string
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv
  /** Whether the API is still to be started: nothing is asked of it, and its ports have to be free. @default true */
  readonly beforeStart?: boolean
  /** Milliseconds that one look at the network may take. @default 2_000 */
  readonly timeoutMs?: number
}

/** What one probe saw of one thing; secrets are masked. */
export interface DoctorReading {
  /** The probe's id, stable. */
  readonly probe: string
  readonly kind: Reading['kind']
  readonly needs: string
  readonly subject: string
  readonly seen: string
  readonly why: string
  readonly mend: string
}

/** What was seen of a profile. */
export interface DoctorReport {
  readonly profile: string
  /** The configuration that it stands in. */
  readonly file: string
  readonly readings: readonly DoctorReading[]
}

// A probe may ask several things, one after the other; all of them run at the same time.
const LOOKS = 3

/**
 * Looks at what a profile needs, as `createonce doctor` does: for the start-up of a service.
 *
 * @example
 * import { doctor, requireGood } from 'createonce/doctor'
 * requireGood(await doctor({ profile: 'production' }))
 */
export async function doctor(options: DoctorOptions = {}): Promise<DoctorReport> {
  const { environment = process.env, beforeStart = true, timeoutMs = 2_000 } = options
  const chosen = chooseProfile(await loadConfig(options.folder), options.profile, environment)
  const surroundings = { ...chosen, environment, now: Date.now, timeoutMs, beforeStart }
  const examined = await examine(probes, surroundings, LOOKS * timeoutMs)
  return { profile: chosen.name, file: chosen.file, readings: examined.flatMap(toReadings) }
}

function toReadings({ probe: { id, needs, why, mend }, readings }: Examined): DoctorReading[] {
  return readings.map((reading) => ({
    probe: id,
    kind: reading.kind,
    needs,
    subject: reading.subject,
    seen: reading.seen,
    why,
    mend: reading.mend ?? mend,
  }))
}
