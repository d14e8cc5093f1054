import { singularOf, wordsOf } from '@createonce/verifier/document'

/** A name without its spelling: `created_at`, `createdAt` and `CreatedAt` are one. */
export function plain(name: string): string {
  return wordsOf(name).join('')
}

/** The same, each word in the singular. */
export function plainSingular(name: string): string {
  return wordsOf(name).map(singularOf).join('')
}
