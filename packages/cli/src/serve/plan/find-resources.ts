import {
  type Creation,
  type JsonSchema,
  type Operation,
  pathShape,
  singularOf,
  wordsOf,
} from '@createonce/verifier/document'
import { itemPathOf } from './item-path-of.ts'

/** What is known of a resource by its paths alone. */
export interface Found {
  readonly key: string
  readonly itemPath: string
  readonly noun: string
  /** The ways to create one. */
  readonly creations: readonly Creation[]
}

/** Groups creations by what they create: the same paths, the same things. */
export function findResources(creations: readonly Creation[], operations: readonly Operation[]): readonly Found[] {
  const found = new Map<string, Found & { creations: Creation[] }>()
  // The path of one is that of what creates one: `/person/{id}` rather than `/persons/{ids}`.
  const singleFirst = [...creations].sort(
    (one, other) => Number(one.batch !== undefined) - Number(other.batch !== undefined),
  )
  for (const creation of singleFirst) {
    const itemPath = itemPathOf(creation, operations)
    const { key, noun } = pathShape(itemPath)
    const known = found.get(key)
    if (known === undefined) found.set(key, { key, itemPath, noun: singular(noun), creations: [creation] })
    else known.creations.push(creation)
  }
  return [...found.values()]
}

function singular(noun: string): string {
  const words = wordsOf(noun).map(singularOf)
  return words.length === 0 ? 'resource' : words.join(' ')
}

/** The schemas of what creates one of them; of a batch, that of one item. */
export function inputsOf(creations: readonly Creation[]): readonly JsonSchema[] {
  return creations.flatMap(({ batch, body }) => {
    const one = batch?.item ?? body
    return one === undefined ? [] : [one.schema]
  })
}
