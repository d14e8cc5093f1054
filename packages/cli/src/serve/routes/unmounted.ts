import type { FastifyRequest } from 'fastify'
import type { UnservedOperation } from '../plan/plan.ts'
import { routePath } from './route-path.ts'

/** Finds the operation that a request means among those whose paths a router cannot take. */
export type FindUnmounted = (request: Pick<FastifyRequest, 'method' | 'originalUrl'>) => UnservedOperation | undefined

/**
 * Operations like `/rest/{service}/**`, `/{x}{y}` or `/run?kind=now` are served by no route, and yet what a client is
 * told is that they are not served, and why, and not that there is nothing.
 */
export function unmountedOf(unserved: readonly UnservedOperation[]): FindUnmounted {
  const known = unserved
    .filter(({ operation }) => routePath(operation.path) === undefined)
    .map((one) => ({ one, segments: one.operation.path.split('/').map(toSegment) }))
  return ({ method, originalUrl }) => {
    const [path = ''] = originalUrl.split('?')
    return known.find(({ one: { operation }, segments }) => {
      if (operation.method !== method) return false
      return isMeant(segments, decoded(operation.path.includes('?') ? originalUrl : path).split('/'))
    })?.one
  }
}

/** What stands between the parameters of a segment, and whether a star in it takes all that follows. */
interface Segment {
  readonly literals: readonly string[]
  readonly takesRest: boolean
}

function toSegment(template: string): Segment {
  const [before = ''] = template.split('*')
  return { literals: before.split(/\{[^}]*\}/).map(decoded), takesRest: template.includes('*') }
}

function isMeant(segments: readonly Segment[], texts: readonly string[]): boolean {
  for (const [index, { literals, takesRest }] of segments.entries()) {
    const text = texts[index]
    if (text === undefined) return false
    if (takesRest) return text.startsWith(literals[0] ?? '')
    if (!fits(literals, text)) return false
  }
  return segments.length === texts.length
}

/** Whether the literals stand in a text in their order; the first place for each is as good as any, so none is tried twice. */
function fits(literals: readonly string[], text: string): boolean {
  const first = literals[0] ?? ''
  if (literals.length === 1) return text === first
  const last = literals.at(-1) ?? ''
  const end = text.length - last.length
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at)
    if (found === -1) return false
    at = found + literal.length
  }
  return at <= end
}

function decoded(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    return text
  }
}
