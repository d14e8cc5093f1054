import { pathShape } from '@createonce/verifier/document'

/** A parameter of a path that names a resource which the document creates. */
export interface ParentAt {
  /** Which of the path's parameters. */
  readonly index: number
  /** The key of the resource. */
  readonly resource: string
}

/**
 * The parents that a path names, outermost first: what stands before a parameter is the path of what it names. `links` are
 * what the names of parameters tell besides (`{ownerId}` of `POST /owners`).
 */
export function parentsOf(
  path: string,
  resources: readonly { readonly key: string }[],
  links: ReadonlyMap<string, string> = new Map(),
): readonly ParentAt[] {
  const { segments, trailing } = pathShape(path)
  const found: ParentAt[] = []
  let index = 0
  for (const [at, segment] of segments.entries()) {
    const names = segment.match(/\{[^}]+\}/g) ?? []
    const isLast = at === segments.length - 1 && trailing !== undefined
    if (names.length === 1 && segment === names[0] && !isLast) {
      const { key } = pathShape(`/${segments.slice(0, at + 1).join('/')}`)
      const resource = resources.find((one) => one.key === key)?.key ?? links.get(segment.slice(1, -1))
      if (resource !== undefined) found.push({ index, resource })
    }
    index += names.length
  }
  return found
}
