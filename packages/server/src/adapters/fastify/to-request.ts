import type { FastifyRequest } from 'fastify'
import type { CreationRequest, RequestBody } from '../../creation/creation-request.ts'
import { splitUrl } from './split-url.ts'

/** Fastify's request as the core takes it. */
export function toRequest(request: FastifyRequest): CreationRequest<FastifyRequest> {
  const { url, query } = splitUrl(request.originalUrl)
  return {
    method: request.method,
    path: url,
    query,
    params: request.params as Record<string, string>,
    headers: request.headers,
    body: toBody(request),
    requestId: request.id,
    native: request,
  }
}

/** The bytes as they were sent, where somebody kept them: our plugin, fastify-raw-body, or Nest with `rawBody: true`. */
function toBody({ body, rawBody }: FastifyRequest & { readonly rawBody?: unknown }): RequestBody {
  if (body instanceof Uint8Array) return toRaw(body)
  if (rawBody instanceof Uint8Array) return toRaw(rawBody)
  if (typeof rawBody === 'string') return toRaw(Buffer.from(rawBody))
  return body === undefined ? { kind: 'absent' } : { kind: 'parsed', value: body }
}

function toRaw(bytes: Uint8Array): RequestBody {
  return bytes.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes }
}
