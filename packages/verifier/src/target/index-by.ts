/** A list by keys, so that a document of many paths is not walked for each of them; the order of the list stays. */
export function indexBy<T extends object>(
  keysOf: (one: T) => readonly string[],
): (list: readonly T[], key: string) => readonly T[] {
  const indexes = new WeakMap<readonly T[], Map<string, T[]>>()
  return (list, key) => {
    let index = indexes.get(list)
    if (index === undefined) {
      index = new Map()
      for (const one of list) {
        for (const own of new Set(keysOf(one))) {
          const same = index.get(own)
          if (same === undefined) index.set(own, [one])
          else same.push(one)
        }
      }
      indexes.set(list, index)
    }
    return index.get(key) ?? []
  }
}
