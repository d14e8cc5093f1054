/** The parameters of a path, decoded. */
export type PathParams = Readonly<Record<string, string>>

/** A pattern such as `/parents/{parentId}/orders`, understood. */
export interface PathPattern {
  /** The parameters of a path; undefined where it does not match, or is not encoded correctly. */
  read(path: string): PathParams | undefined
  /** Sorts patterns so that text comes before a parameter: `/orders/recent` is no order that is called "recent". */
  readonly rank: string
}

const PARAMETER = /^\{([A-Za-z_]\w*)\}$/

/** Understands a pattern: each `{name}` is one segment. Throws a TypeError where it is none. */
export function pathPattern(pattern: string): PathPattern {
  if (!pattern.startsWith('/')) throw new TypeError(`A path begins with "/": ${pattern}`)
  const expected = pattern.split('/')
  const names = expected.map((segment) => nameOf(segment, pattern))
  const repeated = names.find((name, index) => name !== undefined && names.indexOf(name) !== index)
  if (repeated !== undefined) throw new TypeError(`A path names {${repeated}} twice: ${pattern}`)
  return {
    rank: names.map((name) => (name === undefined ? '0' : '1')).join(''),
    read(path) {
      const segments = path.split('/')
      if (segments.length !== expected.length) return undefined
      const params: Record<string, string> = {}
      for (const [index, segment] of segments.entries()) {
        const name = names[index]
        if (name === undefined) {
          if (segment !== expected[index]) return undefined
          continue
        }
        const value = decode(segment)
        if (value === undefined || value === '') return undefined
        params[name] = value
      }
      return params
    },
  }
}

function nameOf(segment: string, pattern: string): string | undefined {
  const name = PARAMETER.exec(segment)?.[1]
  if (name === undefined && /[{}:*?]/.test(segment)) {
    throw new TypeError(`A segment is text or one {parameter}, and "${segment}" is neither: ${pattern}`)
  }
  return name
}

function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
