import { metrics } from '@createonce/server/observe'
import type { FastifyReply, FastifyRequest } from 'fastify'
import client, { type Registry } from 'prom-client'

/** The metric of HTTP: its name and labels are those of `http.server.request.duration` in the semantic conventions of OpenTelemetry. */
export const httpMetric: { readonly name: string; readonly help: string; readonly labelNames: readonly string[] } = {
  name: 'http_server_request_duration_seconds',
  help: 'From the head of a request to the last byte of its answer.',
  labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
}

// The convention's word for methods that are not looked at one by one; Node takes more than thirty.
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const OTHER = '_OTHER'

/** What a route's `config` may say: its template in the spelling of OpenAPI, where the router's own would tell people less. */
export interface RouteConfig {
  readonly template?: string
}

/** Measures answers by method, route and status. A request that no route took has no `http_route`: no client can make series. */
export function httpDuration(register: Registry): (request: FastifyRequest, reply: FastifyReply) => void {
  // The buckets of creations, so that the two can be laid side by side.
  const buckets = [...(metrics['createonce.creation.duration'].buckets ?? [])]
  const histogram = new client.Histogram({ ...httpMetric, buckets, registers: [register] })
  return (request, reply) => {
    const route = request.is404 ? undefined : templateOf(request)
    const labels = {
      http_request_method: METHODS.has(request.method) ? request.method : OTHER,
      ...(route !== undefined && { http_route: route }),
      http_response_status_code: reply.statusCode,
    }
    histogram.observe(labels, reply.elapsedTime / 1_000)
  }
}

function templateOf({ routeOptions: { config, url } }: FastifyRequest): string | undefined {
  return (config as RouteConfig).template ?? url
}
