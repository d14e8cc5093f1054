/**
 * A function that finds out the same about an object only once: what is asked about every pair of operations is a
 * second in a document of a thousand. Forgets an object with its last reference.
 */
export function oncePerObject<O extends object, T>(find: (object: O) => T): (object: O) => T {
  const known = new WeakMap<O, { readonly found: T }>()
  return (object) => {
    const before = known.get(object)
    if (before !== undefined) return before.found
    const found = find(object)
    known.set(object, { found })
    return found
  }
}
