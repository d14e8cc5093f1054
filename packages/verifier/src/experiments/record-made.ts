import type { HeaderLine } from '../exchange/exchange.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import { type Attempt, accepted } from './attempt.ts'
import { fillPath } from './fill-path.ts'
import type { Ledger } from './ledger.ts'
import { locationEnd } from './location-end.ts'
import { locationUrl } from './location-url.ts'
import type { Operation } from './operation.ts'
import { readUrl } from './read-url.ts'

/** Writes down what an accepted create made, with the URL at which it can be deleted again. */
export function recordMade(
  attempt: Attempt,
  operation: Operation,
  parents: Readonly<Record<string, string>>,
  ledger: Ledger,
  principal?: readonly HeaderLine[],
): void {
  if (!accepted(attempt)) return
  const { creation, target } = operation
  const { remove } = creation
  const location = locationUrl(attempt, operation)
  const end = location.kind === 'here' ? locationEnd(location.url.pathname) : undefined
  const id = attempt.name ?? attempt.id?.value ?? end
  // A dot segment would delete something above.
  const usable = remove !== undefined && id !== undefined && !/^\.{1,2}$/.test(id)
  const place = usable ? fillPath(remove.path, { ...parents, [remove.idParameter]: id }, remove.parameters) : undefined
  const removable = place?.kind === 'filled'
  const put = attempt.name === undefined ? undefined : attempt.answer.request.url
  const known = put ?? (location.kind === 'here' ? location.url.href : readUrl(attempt, operation, parents))
  const url = removable ? baseUrlOf(target, remove) + place.path : known
  ledger.add({
    creation: creation.id,
    depth: creation.parents.length,
    exchange: attempt.answer.id,
    removable,
    ...(url === undefined ? {} : { url }),
    // A wrong Location may name what was there before us.
    ...(attempt.id === undefined ? { proof: attempt.marks } : {}),
    ...(principal === undefined ? {} : { principal }),
  })
}
