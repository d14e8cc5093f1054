import { oncePerObject } from './once-per-object.ts'
import { pathShape } from './path-shape.ts'
import { createVerbAtEnd } from './related-operations.ts'
import type { Creation } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

/** What a creation creates, as a singular noun: `POST /shop-orders` creates a `shop-order`. */
export const nounOf: (creation: Creation) => string = oncePerObject(({ path }) => {
  const shape = pathShape(path)
  const noun = createVerbAtEnd(shape) ? (shape.segments.at(-2) ?? '') : shape.noun
  return wordsOf(noun).map(singularOf).join('-')
})

/** The creation of a noun: one that needs no parent before one that does; of several below parents, none. */
export function creationOfNoun(noun: string, creations: readonly Creation[]): Creation | undefined {
  const named = creations.filter((creation) => nounOf(creation) === noun)
  const parents = (creation: Creation) =>
    pathShape(creation.path).parameters.length - (creation.method === 'PUT' ? 1 : 0)
  return named.find((creation) => parents(creation) === 0) ?? (named.length === 1 ? named[0] : undefined)
}
