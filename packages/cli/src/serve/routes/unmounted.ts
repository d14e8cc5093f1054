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
    .map((one) => ({ one, ...toPattern(one.operation.path) }))
  return ({ method, originalUrl }) => {
    const [path = ''] = originalUrl.split('?')
    return known.find(
      ({ one, pattern, hasQuery }) =>
        one.operation.method === method && pattern.test(decoded(hasQuery ? originalUrl : path)),
    )?.one
  }
}

/** A parameter is something without a slash, and a star stands for itself and for all that may follow. */
function toPattern(template: string): { readonly pattern: RegExp; readonly hasQuery: boolean } {
  const source = template
    .split(/(\{[^}]*\}|\*+)/)
    .map((part) => {
      if (part.startsWith('{')) return '[^/]*'
      return part.startsWith('*') ? '.*' : decoded(part).replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')
    })
    .join('')
  // One quantifier is enough for neighbours, and it takes no time to find out that nothing fits.
  return {
    pattern: new RegExp(`^${source.replaceAll(/(\[\^\/\]\*){2,}/g, '[^/]*')}$`, 'su'),
    hasQuery: template.includes('?'),
  }
}

function decoded(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    return text
  }
}
