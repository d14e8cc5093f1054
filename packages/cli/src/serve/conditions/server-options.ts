import type { Server } from 'node:http'
import type { FastifyHttpOptions } from 'fastify'
import type { Limits } from './limits.ts'

/**
 * The limits that Node's server keeps, as options of `fastify()`: what drips is answered 408 and closed, header lines that are too
 * large 431 (RFC 6585 §5).
 */
export function serverOptions(limits: Limits): FastifyHttpOptions<Server> {
  const { headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, checkEveryMs } = limits
  return {
    bodyLimit: limits.maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    maxRequestsPerSocket: limits.maxRequestsPerSocket,
    // In-between connections end with the requests that they carry; idle ones at once.
    forceCloseConnections: 'idle',
    http: {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: checkEveryMs,
      maxHeaderSize: limits.maxHeaderBytes,
    },
  }
}
