import type { FastifyRequest } from 'fastify'

const PATHS = ['/health', '/docs', '/openapi.json', '/openapi.yaml', '/metrics', '/problems']

/** Whether a request reads what is about the service and not part of it: who watches a service has to see it as it is. */
export function isAside({ method, url }: Pick<FastifyRequest, 'method' | 'url'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const end = url.search(/[?#]/)
  const path = end === -1 ? url : url.slice(0, end)
  return PATHS.some((aside) => path === aside || path.startsWith(`${aside}/`))
}
