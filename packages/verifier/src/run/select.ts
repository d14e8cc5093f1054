import type { Check } from '../checks/check.ts'
import type { Creation } from '../target/target.ts'

/** Thrown when an option names a check or an operation that does not exist. */
export class UnknownName extends Error {
  constructor(what: 'check' | 'operation', name: string, known: readonly string[]) {
    super(`there is no ${what} "${name}"; there are: ${known.join(', ')}`)
    this.name = 'UnknownName'
  }
}

/** The checks that a run makes: those that are named, or all, without those that are skipped. */
export function selectChecks(
  all: readonly Check[],
  only: readonly string[] = [],
  without: readonly string[] = [],
): readonly Check[] {
  const ids = all.map(({ id }) => id)
  for (const name of [...only, ...without]) if (!ids.includes(name)) throw new UnknownName('check', name, ids)
  return all.filter(({ id }) => (only.length === 0 || only.includes(id)) && !without.includes(id))
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
