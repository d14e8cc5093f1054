import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

/** A request of Node's: HTTP/1.1, HTTPS, or HTTP/2 by its compatibility API. */
export type NodeRequest = IncomingMessage | Http2ServerRequest

/** The response that belongs to it. */
export type NodeResponse = ServerResponse | Http2ServerResponse
