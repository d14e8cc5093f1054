import type { FastifyRequest } from 'fastify'

/** Paths that are about the service and not part of what it serves; what is below them too. */
export const asidePaths = ['/health', '/docs', '/openapi.json', '/metrics', '/problems'] as const

/** Whether a request is for a path that conditions leave alone: who watches a service has to see it as it is. */
export function isAside({ url }: Pick<FastifyRequest, 'url'>): boolean {
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  return asidePaths.some((aside) => path === aside || path.startsWith(`${aside}/`))
}
