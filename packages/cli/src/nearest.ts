import leven from 'leven'

// Slips of the finger; with more, or with half of a short word changed, it is another word.
const FARTHEST = 3

/** The names that may be meant by a word that is none of them, nearest first, whatever their case. */
export function nearest(word: string, names: readonly string[]): readonly string[] {
  const wanted = word.toLowerCase()
  return names
    .map((name) => ({ name, distance: leven(name.toLowerCase(), wanted) }))
    .filter(({ name, distance }) => distance <= Math.min(FARTHEST, wanted.length / 2) || isPart(wanted, name))
    .sort((one, other) => one.distance - other.distance)
    .map(({ name }) => name)
}

// `blocked` finds idempotency-key-blocked; two letters would find half of all names.
function isPart(wanted: string, name: string): boolean {
  return wanted.length > 3 && name.toLowerCase().includes(wanted)
}
