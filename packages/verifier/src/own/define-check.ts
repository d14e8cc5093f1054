import type { Basis, Check, Group } from '../checks/check.ts'
import { checks } from '../checks/registry.ts'
import { isObject } from '../experiments/json-node.ts'
import { isVerdict } from './is-verdict.ts'

/** A check of the user's own: what has to be said of it, and what is supplied where it says nothing. */
export interface OwnCheck
  extends Pick<Check, 'id' | 'title' | 'level' | 'run'>,
    Partial<Omit<Check, 'id' | 'title' | 'level' | 'run'>> {}

/** Thrown for a check of the user's own that cannot be run: the message says what is wrong with it. */
export class InvalidCheck extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidCheck'
  }
}

// Ids stand in URLs, file names and baselines.
const idForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
const longestId = 64
const levels: readonly unknown[] = ['error', 'warning', 'note']
const bases: readonly unknown[] = ['standard', 'guideline', 'derived', 'convention'] satisfies Basis[]
const ids: ReadonlySet<string> = new Set(checks.map(({ id }) => id))
const own: Group = 'own'

/**
 * A check that `verify` runs beside its own ones, with `ownChecks`. Throws {@link InvalidCheck} for an id of another
 * form, or one that a check of ours has.
 *
 * @example
 * const priced = defineCheck({
 *   id: 'shop-priced',
 *   title: 'What is created has a price',
 *   level: 'warning',
 *   async run(ask) {
 *     const { resource, answer } = await ask(experiments.created)
 *     if (resource?.['price'] !== undefined) return pass(answer)
 *     return fail({ message: 'The answer has no price.', fix: 'Show it.', evidence: [answer] })
 *   },
 * })
 */
export function defineCheck(given: OwnCheck): Check {
  if (!isObject(given)) throw new InvalidCheck('A check is an object with id, title, level and run.')
  const { id, title, level, run, basis = 'convention', source = 'a rule of your own', group = own } = given
  if (typeof id !== 'string' || !idForm.test(id) || id.length > longestId) {
    throw new InvalidCheck(
      `The id of a check is lower-case words with hyphens, at most ${longestId} characters, as in shop-priced; this one is ${JSON.stringify(id)}.`,
    )
  }
  const wrong = (what: string) => new InvalidCheck(`The check ${id} ${what}.`)
  if (ids.has(id)) throw wrong('has an id that a check of createonce has: give it another one')
  if (typeof title !== 'string' || title === '') throw wrong('has no title: say what holds when it passes')
  if (!levels.includes(level)) throw wrong(`has the level ${JSON.stringify(level)}: it is error, warning or note`)
  if (!bases.includes(basis)) throw wrong(`has the basis ${JSON.stringify(basis)}: it is ${bases.join(', ')}`)
  if (typeof run !== 'function') throw wrong('has no function run(ask, operation)')
  return {
    ...given,
    ...{ basis, source, group },
    async run(ask, operation) {
      const verdict: unknown = await given.run(ask, operation)
      if (!isVerdict(verdict))
        throw new TypeError(`${id} returned no verdict: return pass(), fail(), inconclusive() or skip()`)
      return verdict
    },
  }
}
