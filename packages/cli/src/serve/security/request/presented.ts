import type { FastifyRequest } from 'fastify'
import type { Scheme } from '../document/scheme.ts'

/** What a request brings for a scheme. */
export type Presented =
  | { readonly kind: 'absent' }
  /** Candidates, of which one has to be right: the same secret in the ways in which clients write it. */
  | { readonly kind: 'secret'; readonly secrets: readonly string[] }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly name: string; readonly secret: string }
  | { readonly kind: 'malformed'; readonly why: string }

type Asked = Pick<FastifyRequest, 'url' | 'headers'> & { readonly raw: { readonly rawHeaders: readonly string[] } }

/** Reads the credentials of a scheme off a request. What is there twice is refused: no two readers agree on which counts. */
export function presented(request: Asked, scheme: Exclude<Scheme, { kind: 'unenforceable' }>): Presented {
  if (scheme.kind === 'api-key') {
    const { name } = scheme
    if (scheme.in === 'query') return oneOf(queryValues(request.url, name), `The query parameter ${name}`)
    if (scheme.in === 'cookie') return oneOf(cookieValues(headerLines(request, 'cookie'), name), `The cookie ${name}`)
    const key = oneOf(headerLines(request, name), `The header ${name}`)
    return name === 'authorization' && key.kind === 'secret' ? withoutScheme(key.secrets[0]!) : key
  }
  const lines = headerLines(request, 'authorization')
  if (lines.length > 1) return { kind: 'malformed', why: 'The header Authorization is there more than once.' }
  const [, kind = '', rest = ''] = /^([^ ]+) +(.*)$/.exec(lines[0] ?? '') ?? []
  // The header is of another scheme, which may be the one that counts (RFC 9110 §11.1: case-insensitive).
  if (kind.toLowerCase() !== scheme.kind) return { kind: 'absent' }
  return scheme.kind === 'bearer' ? { kind: 'bearer', token: rest } : basic(rest)
}

/** The values of all header lines of one name, each for itself; Node joins some and drops others. */
export function headerLines({ raw: { rawHeaders } }: Pick<Asked, 'raw'>, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === name)
}

function oneOf(values: readonly string[], what: string): Presented {
  const [value = ''] = values
  if (values.length > 1) return { kind: 'malformed', why: `${what} is there more than once.` }
  return value === '' ? { kind: 'absent' } : { kind: 'secret', secrets: [value] }
}

/** Documents call the header Authorization an API key, and their clients write `Bearer` or `Token` before it, or nothing. */
function withoutScheme(value: string): Presented {
  const rest = /^[A-Za-z]+ +(.+)$/.exec(value)?.[1]
  return { kind: 'secret', secrets: rest === undefined ? [value] : [value, rest] }
}

function queryValues(url: string, name: string): readonly string[] {
  const at = url.indexOf('?')
  return at === -1 ? [] : new URLSearchParams(url.slice(at + 1)).getAll(name)
}

function cookieValues(lines: readonly string[], name: string): readonly string[] {
  return lines
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1).replace(/^"(.*)"$/, '$1'))
}

/** RFC 7617 §2: the name ends at the first colon. */
function basic(encoded: string): Presented {
  const text = Buffer.from(encoded.trim(), 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon === -1) return { kind: 'malformed', why: 'The header Authorization has no name and password.' }
  return { kind: 'basic', name: text.slice(0, colon), secret: text.slice(colon + 1) }
}
