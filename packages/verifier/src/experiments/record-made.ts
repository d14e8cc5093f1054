import { type Attempt, accepted } from './attempt.ts'
import { fillPath } from './fill-path.ts'
import type { Ledger } from './ledger.ts'
import { locationUrl } from './location-url.ts'
import type { Operation } from './operation.ts'

/** Writes down what an accepted create made, with the URL at which it can be deleted again. */
export function recordMade(
  attempt: Attempt,
  operation: Operation,
  parents: Readonly<Record<string, string>>,
  ledger: Ledger,
): void {
  if (!accepted(attempt)) return
  const { creation, target } = operation
  const { remove } = creation
  const location = locationUrl(attempt, operation)
  const lastSegment = location.kind === 'here' ? location.url.pathname.split('/').filter(Boolean).at(-1) : undefined
  const id = attempt.id?.value ?? (lastSegment === undefined ? undefined : decodeURIComponent(lastSegment))
  const place =
    remove === undefined || id === undefined
      ? undefined
      : fillPath(remove.path, { ...parents, [remove.idParameter]: id }, remove.parameters)
  const url =
    place?.kind === 'filled' ? target.baseUrl + place.path : location.kind === 'here' ? location.url.href : undefined
  ledger.add({
    creation: creation.id,
    depth: creation.parents.length,
    exchange: attempt.answer.id,
    removable: remove !== undefined && url !== undefined,
    ...(url === undefined ? {} : { url }),
  })
}
