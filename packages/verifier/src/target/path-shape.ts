import { remember } from './remember.ts'
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

/** Takes a path template apart. */
export const pathShape: (path: string) => PathShape = remember((path) => {
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
})

/** The key of the path of one resource below a collection. */
export function itemKey(collection: PathShape): string {
  return keyOf([...collection.segments, '{}'])
}

/** The key of a path without its last segment. */
export function parentKey(shape: PathShape): string {
  return keyOf(shape.segments.slice(0, -1))
}

function keyOf(segments: readonly string[]): string {
  return `/${segments.map(segmentKey).join('/')}`
}

const segmentKey = remember((segment) => {
  if (segment.startsWith('{')) return '{}'
  // APIs mix `POST /customer` with `GET /customers/{id}`.
  return wordsOf(segment.replace(/\.(json|xml)$/, ''))
    .map(singularOf)
    .join('-')
})
