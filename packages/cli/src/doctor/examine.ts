import { mask } from '../config/mask.ts'
import { errorText } from './error-text.ts'
import type { Probe, Reading, Surroundings } from './probe.ts'
import { secretsOf } from './secrets-of.ts'

/** What one probe saw, with secrets masked and within bounds: fit to be shown. */
export interface Examined {
  readonly probe: Probe
  readonly readings: readonly Reading[]
}

// More of a foreign text is no sentence any more.
const LONGEST = 300

/**
 * Runs probes side by side, each for at most so many milliseconds. One that throws or takes longer has seen nothing:
 * its reading is `unknown`.
 */
export async function examine(
  probes: readonly Probe[],
  surroundings: Surroundings,
  boundMs: number,
): Promise<readonly Examined[]> {
  const secrets = secretsOf(surroundings)
  const show = (text: string): string => {
    const masked = mask(text, secrets)
    return masked.length > LONGEST ? `${masked.slice(0, LONGEST)}…` : masked
  }
  const chosen = probes.filter(({ needsApi }) => !(needsApi && surroundings.beforeStart))
  return Promise.all(
    chosen.map(async (probe) => {
      const readings = await bounded(probe, surroundings, boundMs)
      return {
        probe,
        readings: readings.map((reading) => ({
          ...reading,
          subject: show(reading.subject),
          seen: show(reading.seen),
          ...(reading.mend !== undefined && { mend: show(reading.mend) }),
        })),
      }
    }),
  )
}

async function bounded(probe: Probe, surroundings: Surroundings, boundMs: number): Promise<readonly Reading[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Reading[]>((resolve) => {
    const seen = `it was given up after ${boundMs} ms`
    timer = setTimeout(() => resolve([{ kind: 'unknown', subject: '', seen }]), boundMs)
  })
  try {
    return await Promise.race([look(probe, surroundings), late])
  } finally {
    clearTimeout(timer)
  }
}

async function look(probe: Probe, surroundings: Surroundings): Promise<readonly Reading[]> {
  try {
    return await probe.look(surroundings)
  } catch (error) {
    return [{ kind: 'unknown', subject: '', seen: errorText(error) }]
  }
}
