import { singularOf, wordsOf } from './words.ts'

/** A path template taken apart. */
export interface PathShape {
  readonly segments: readonly string[]
  /** The names in braces, outermost first. */
  readonly parameters: readonly string[]
  /** The name of the parameter at the end, where there is one. */
  readonly trailing: string | undefined
  /** The last segment that is no parameter. */
  readonly noun: string
  /** The same for paths that differ only in the names of parameters, in a slash at the end, or in a suffix `.json`. */
  readonly key: string
}

// Each path is compared with each other one, and a document of a thousand would be taken apart a million times. More
// paths than any document has are let go of, so that a process that reads many documents does not grow.
const MOST_KNOWN = 10_000
const known = new Map<string, PathShape>()

/** Takes a path template apart. */
export function pathShape(path: string): PathShape {
  const before = known.get(path)
  if (before !== undefined) return before
  if (known.size >= MOST_KNOWN) known.clear()
  const shape = toShape(path)
  known.set(path, shape)
  return shape
}

function toShape(path: string): PathShape {
  const segments = path.split('/').filter((segment) => segment !== '')
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] as string)
  const last = segments.at(-1) ?? ''
  const noun = segments.findLast((segment) => !segment.includes('{')) ?? ''
  return {
    segments,
    parameters,
    trailing: /^\{([^}]+)\}(\.\w+)?$/.exec(last)?.[1],
    noun: noun.replace(/\.(json|xml)$/, ''),
    key: keyOf(segments),
  }
}

/** The key of the path of one resource below a collection. */
export function itemKey(collection: PathShape): string {
  return collection.key === '/' ? '/{}' : `${collection.key}/{}`
}

/** The key of a path without its last segment. */
export function parentKey(shape: PathShape): string {
  return shape.key.slice(0, Math.max(1, shape.key.lastIndexOf('/')))
}

function keyOf(segments: readonly string[]): string {
  const names = segments.map((segment) => {
    if (segment.startsWith('{')) return '{}'
    // APIs mix `POST /customer` with `GET /customers/{id}`.
    return wordsOf(segment.replace(/\.(json|xml)$/, ''))
      .map(singularOf)
      .join('-')
  })
  return `/${names.join('/')}`
}
