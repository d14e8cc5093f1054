import type { Check } from '../checks/check.ts'
import { checks } from '../checks/registry.ts'
import { defineCheck, InvalidCheck } from './define-check.ts'
import { type OwnBounds, withinTime } from './within-time.ts'

/** All checks of a run: ours, then those of the user. Throws {@link InvalidCheck} where two have one id. */
export function withOwnChecks(own: readonly Check[] = [], bounds: OwnBounds = {}): readonly Check[] {
  // Also what did not come from `defineCheck` has to keep its promises.
  const defined = own.map((check) => withinTime(defineCheck(check), bounds))
  const ids = defined.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new InvalidCheck(`Two checks have the id ${twice}: give one of them another one.`)
  return [...checks, ...defined]
}
