const longest = 120

/** A piece of the target's text for a message: on one line and not longer than a line. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `"${line.length > longest ? `${line.slice(0, longest)}…` : line}"`
}

/** The words of a list as a sentence has them: `a, b and c`. */
export function listed(words: readonly string[]): string {
  const head = words.slice(0, -1).join(', ')
  const last = words.at(-1) ?? ''
  return head === '' ? last : `${head} and ${last}`
}
