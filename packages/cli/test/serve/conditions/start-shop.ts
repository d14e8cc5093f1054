import { type RunningBookshop, startBookshop } from '../../../src/commands/start-bookshop.ts'
import type { Conditions } from '../../../src/serve/conditions/conditions.ts'
import { defaultLimits, type Limits } from '../../../src/serve/conditions/limits.ts'
import { toConditions } from '../../../src/serve/conditions/options/to-conditions.ts'

/** Serves the bookshop in this process, on a real port and a real database, under conditions. */
export function startShop({
  limits,
  publicBaseUrl,
  ...conditions
}: Partial<Omit<Conditions, 'limits'>> & {
  readonly limits?: Partial<Limits>
  readonly publicBaseUrl?: string
} = {}): Promise<RunningBookshop> {
  return startBookshop({
    port: 0,
    host: '127.0.0.1',
    store: 'memory:',
    logs: false,
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
    conditions: { ...toConditions({ seed: 1 }), ...conditions, limits: { ...defaultLimits, ...limits } },
  })
}

/** An order that is valid. */
export const order = { email: 'ada@example.org', lines: [{ title: 'Middlemarch', quantity: 1 }] }
