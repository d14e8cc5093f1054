// A document of 50 000 operations has about as many names; what a long-lived process has read before is let go.
const MAX_REMEMBERED = 100_000

/** A pure function of a text that is asked for the same few texts again and again: each answer is found once. */
export function remember<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MAX_REMEMBERED) known.clear()
    const found = find(text)
    known.set(text, found)
    return found
  }
}
