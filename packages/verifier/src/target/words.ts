import { remember } from './remember.ts'

/** The words of a name in any spelling: `createOrder`, `create_order`, `create-order`, `CreateOrder` → create, order. */
export const wordsOf: (name: string) => readonly string[] = remember((name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9\u00df-\uffff]+/)
    .filter((word) => word !== ''),
)

/** A rough English singular, good enough to see that `categories` and `category` are one thing. */
export function singularOf(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (/[^su]s$/.test(word) && !/(ss|us|is)$/.test(word)) return word.slice(0, -1)
  return word === 'people' ? 'person' : word === 'children' ? 'child' : word
}

/** Tells whether a word looks like a plural. */
export function isPlural(word: string): boolean {
  return singularOf(word) !== word
}
