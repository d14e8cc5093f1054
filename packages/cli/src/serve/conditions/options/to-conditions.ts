import { randomInt } from 'node:crypto'
import type { Conditions } from '../conditions.ts'
import { defaultLimits } from '../limits.ts'
import type { ConditionOptions } from './add-condition-options.ts'
import { SEEDS } from './parse-seed.ts'

/** What the options of the command line ask for; a seed is drawn where none is given. */
export function toConditions(options: Partial<ConditionOptions> = {}): Conditions {
  const { cors = [], latency, fault = 0, seed = randomInt(SEEDS), record } = options
  const { maxBody = defaultLimits.maxBodyBytes, maxConnections = defaultLimits.maxConnections } = options
  return {
    origins: cors,
    ...(latency !== undefined && { latency }),
    faultShare: fault,
    seed,
    ...(record !== undefined && { record }),
    limits: { ...defaultLimits, maxBodyBytes: maxBody, maxConnections, maxInFlight: maxConnections },
  }
}
