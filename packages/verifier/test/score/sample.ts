/** Some of the items, the same for the same seed, in their own order. */
export function sample<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0
  // Numerical Recipes' linear congruential generator: fair enough to choose by.
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const places = items.map((_, at) => ({ at, lot: next() }))
  const drawn = places.sort((one, other) => one.lot - other.lot).slice(0, count)
  return drawn.sort((one, other) => one.at - other.at).flatMap(({ at }) => items[at] ?? [])
}
