import type { Attempt } from './attempt.ts'

/** Tells whether two answers name the same resource; undefined when they have no name in common to compare. */
export function sameResource(one: Attempt, other: Attempt): boolean | undefined {
  // What a PUT names is known, whatever the answer calls it.
  if (one.name !== undefined && other.name !== undefined) return one.name === other.name
  if (one.id !== undefined && other.id !== undefined && one.id.member === other.id.member) {
    return one.id.value === other.id.value
  }
  const [first, second] = [ownLocation(one), ownLocation(other)]
  return first === undefined || second === undefined ? undefined : first === second
}

/** How many different resources some answers name for certain. */
export function distinctResources(attempts: readonly Attempt[]): number {
  const apart: Attempt[] = []
  for (const attempt of attempts) {
    if (placeOf(attempt) !== undefined && apart.every((known) => sameResource(known, attempt) === false))
      apart.push(attempt)
  }
  return apart.length
}

/** What an answer calls the resource: the id if there is one, for a Location may be spelled in several ways. */
export function placeOf(attempt: Attempt): string | undefined {
  return attempt.name ?? attempt.id?.value ?? ownLocation(attempt)
}

/** A Location that leads back to where was posted is a fault of its own, and names no resource. */
function ownLocation({ locations, answer }: Attempt): string | undefined {
  const [location] = locations
  const { url } = answer.request
  if (location === undefined || !URL.canParse(location, url)) return location
  return new URL(location, url).pathname === new URL(url).pathname && answer.request.method === 'POST'
    ? undefined
    : location
}
