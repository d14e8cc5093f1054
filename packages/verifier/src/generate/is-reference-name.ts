import { wordsOf } from '../target/words.ts'

/** Tells whether a member names another resource in all likelihood: `authorId`, `tag_ids`. */
export function isReferenceName(name: string): boolean {
  const words = wordsOf(name)
  return words.length > 1 && ['id', 'ids', 'uuid', 'uuids'].includes(words.at(-1) as string)
}
