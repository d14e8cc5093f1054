import type { Check } from '../checks/check.ts'
import { checksBy } from '../guidelines/checks-by.ts'
import type { GuidelineName } from '../guidelines/guidelines.ts'
import type { Creation } from '../target/target.ts'

/** Thrown when an option names a check or an operation that does not exist. */
export class UnknownName extends Error {
  constructor(what: 'check' | 'operation', name: string, known: readonly string[], where = '') {
    super(`there is no ${what} "${name}"${where}; there are: ${known.join(', ')}`)
    this.name = 'UnknownName'
  }
}

/** Which checks are asked for. */
export interface CheckChoice {
  readonly checks?: readonly string[]
  readonly skipChecks?: readonly string[]
  readonly guidelines?: GuidelineName
}

/** The checks that a run makes: those that are named, or all of its guidelines, without those that are skipped. */
export function selectChecks(
  all: readonly Check[],
  { checks: only = [], skipChecks: without = [], guidelines = 'rfc' }: CheckChoice = {},
): readonly Check[] {
  const known = checksBy(guidelines, all)
  const ids = known.map(({ id }) => id)
  for (const name of only) if (!ids.includes(name)) throw toUnknown(name, all, ids, guidelines)
  // To skip what these guidelines do not have is no mistake: one command line may serve several of them.
  for (const name of without) if (!all.some(({ id }) => id === name)) throw toUnknown(name, all, ids, guidelines)
  return known.filter(({ id }) => (only.length === 0 || only.includes(id)) && !without.includes(id))
}

function toUnknown(
  name: string,
  all: readonly Check[],
  ids: readonly string[],
  guidelines: GuidelineName,
): UnknownName {
  const exists = all.some(({ id }) => id === name)
  return new UnknownName('check', name, ids, exists ? ` by the guidelines ${guidelines}` : '')
}

/** The creations that a run judges: those named by operationId or as `POST /orders`, or all. */
export function selectCreations(all: readonly Creation[], only: readonly string[] = []): readonly Creation[] {
  const names = (one: Creation) => [one.id, `${one.method} ${one.path}`]
  for (const name of only) {
    if (!all.some((one) => names(one).includes(name)))
      throw new UnknownName(
        'operation',
        name,
        all.map(({ id }) => id),
      )
  }
  return only.length === 0 ? all : all.filter((one) => names(one).some((name) => only.includes(name)))
}
