import { indexBy } from './index-by.ts'
import { pathShape } from './path-shape.ts'
import { createVerbAtEnd } from './related-operations.ts'
import type { Creation } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

/** What a creation creates, as a singular noun: `POST /shop-orders` creates a `shop-order`. */
export function nounOf(creation: Creation): string {
  const shape = pathShape(creation.path)
  const noun = createVerbAtEnd(shape) ? (shape.segments.at(-2) ?? '') : shape.noun
  return wordsOf(noun).map(singularOf).join('-')
}

const createdAs = indexBy<Creation>((creation) => [nounOf(creation)])

/** The creation of a noun: one that needs no parent before one that does; of several below parents, none. */
export function creationOfNoun(
  noun: string,
  creations: readonly Creation[],
  isMeant: (creation: Creation) => boolean = () => true,
): Creation | undefined {
  const named = createdAs(creations, noun).filter(isMeant)
  const parents = (creation: Creation) =>
    pathShape(creation.path).parameters.length - (creation.method === 'PUT' ? 1 : 0)
  return named.find((creation) => parents(creation) === 0) ?? (named.length === 1 ? named[0] : undefined)
}
