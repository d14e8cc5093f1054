import leven from 'leven'

// As many as one reads at a glance.
const MOST = 5

/** What may be meant by a code that is none: `; is store-unavailable meant?`. The end of a sentence, in any case. */
export function suggestCode(code: string, known: readonly string[]): string {
  const wanted = code.toLowerCase()
  const near = known
    .map((name) => ({ name, distance: leven(name.toLowerCase(), wanted) }))
    .filter(({ name, distance }) => distance <= Math.min(3, wanted.length / 3) || isPart(wanted, name.toLowerCase()))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MOST)
    .map(({ name }) => name)
  if (near.length === 0) return '.'
  const last = near.pop()
  return `; is ${near.length === 0 ? last : `${near.join(', ')} or ${last}`} meant?`
}

// `blocked` finds idempotency-key-blocked; two letters would find half of them.
function isPart(wanted: string, name: string): boolean {
  return wanted.length > 3 && name.includes(wanted)
}
