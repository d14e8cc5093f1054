import type { FastifyRequest } from 'fastify'
import type { CreationRequest, RequestBody } from '../../creation/creation-request.ts'
import { splitUrl } from '../shared/split-url.ts'
import { toRawBody } from '../shared/to-raw-body.ts'

/** Fastify's request as the core takes it. */
export function toRequest(request: FastifyRequest, passes: CreationRequest['passes']): CreationRequest<FastifyRequest> {
  const { path, query } = splitUrl(request.originalUrl)
  return {
    method: request.method,
    path,
    query,
    params: request.params as Record<string, string>,
    headers: request.headers,
    body: toBody(request),
    requestId: request.id,
    native: request,
    passes,
  }
}

/** The bytes as they were sent, where somebody kept them: our plugin, fastify-raw-body, or Nest with `rawBody: true`. */
function toBody({ body, rawBody }: FastifyRequest & { readonly rawBody?: unknown }): RequestBody {
  if (body instanceof Uint8Array) return toRawBody(body)
  if (rawBody instanceof Uint8Array) return toRawBody(rawBody)
  if (typeof rawBody === 'string') return toRawBody(Buffer.from(rawBody))
  return body === undefined ? { kind: 'absent' } : { kind: 'parsed', value: body }
}
