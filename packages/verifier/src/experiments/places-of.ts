import type { Attempt } from './attempt.ts'
import type { Lab } from './lab.ts'
import { locationUrl } from './location-url.ts'
import { readUrl } from './read-url.ts'

/** Where what a create made should be: where its Location leads, and where its id is read. */
export function placesOf(lab: Lab, attempt: Attempt): { readonly via: 'location' | 'id'; readonly url: string }[] {
  const location = locationUrl(attempt, lab.operation)
  const byId = readUrl(attempt, lab.operation, lab.parents)
  return [
    ...(location.kind === 'here' ? [{ via: 'location' as const, url: location.url.href }] : []),
    ...(byId === undefined ? [] : [{ via: 'id' as const, url: byId }]),
    // What a PUT creates is where it was put, also where the document has no operation that reads it.
    ...(byId === undefined && attempt.name !== undefined
      ? [{ via: 'id' as const, url: attempt.answer.request.url }]
      : []),
  ]
}
