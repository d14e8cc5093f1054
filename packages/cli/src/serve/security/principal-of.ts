import type { FastifyRequest } from 'fastify'

const principals = new WeakMap<FastifyRequest, string>()

/** The caller that a guard has found; undefined where nobody had to say who they are, and nobody did. */
export function principalOf(request: FastifyRequest): string | undefined {
  return principals.get(request)
}

/** Keeps the caller of a request for its routes. */
export function setPrincipal(request: FastifyRequest, id: string): void {
  principals.set(request, id)
}
