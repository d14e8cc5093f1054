/** What is found at a path, with the decoded parameters. */
export interface Found<Value> {
  readonly value: Value
  readonly params: Readonly<Record<string, string>>
}

/** Finds by a path as it was asked for; the first pattern that fits wins. */
export type FindPath<Value> = (path: string) => Found<Value> | undefined

/**
 * Makes a table over patterns such as `/parents/{parentId}/things`, in which a parameter is one whole segment and never empty.
 * A path that cannot be decoded is in no table.
 *
 * @throws TypeError for a pattern that does not begin with `/`, has a brace elsewhere than around a segment, or a segment that begins with `:`.
 */
export function createPathTable<Value>(patterns: Readonly<Record<string, Value>>): FindPath<Value> {
  const rows = Object.entries(patterns).map(([pattern, value]) => ({ segments: toSegments(pattern), value }))
  return (path) => {
    const asked = path.split('/')
    for (const { segments, value } of rows) {
      const params = match(segments, asked)
      if (params !== undefined) return { value, params }
    }
    return undefined
  }
}

type Segment = { readonly literal: string } | { readonly name: string }

function toSegments(pattern: string): readonly Segment[] {
  const segments = pattern.split('/').map((segment): Segment => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1]
    return name === undefined ? { literal: segment } : { name }
  })
  // A colon is how routers write it; taken literally the pattern would fit nothing, and say nothing.
  if (pattern.startsWith('/') && !segments.some((segment) => 'literal' in segment && /[{}]|^:/.test(segment.literal))) {
    return segments
  }
  throw new TypeError(`A path is such as '/orders' or '/parents/{parentId}/things'; ${JSON.stringify(pattern)} is not.`)
}

function match(segments: readonly Segment[], asked: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== asked.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const text = asked[index]!
    if ('literal' in segment) {
      if (segment.literal !== text) return undefined
      continue
    }
    const value = decode(text)
    if (value === '') return undefined
    params[segment.name] = value
  }
  return params
}

/** Empty where the text is no encoding of anything. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
