import type { Loss } from './losses.ts'

/** A lost value in words: where, what was sent, and what is there now. */
export function describedLoss({ pointer, sent, seen }: Loss): string {
  return `${pointer} was ${shown(sent)} and is ${seen === undefined ? 'absent' : shown(seen)}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text
}
