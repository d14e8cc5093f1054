import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isAside as isUsuallyAside } from '../is-aside.ts'
import type { Surroundings } from '../surroundings.ts'
import { BodyKeeper, type KeptBody } from './kept-body.ts'
import { createMask } from './mask.ts'
import type { Recording } from './open-recording.ts'
import { type HeaderLine, toEntry } from './to-entry.ts'

/** What is recorded, and how. */
export interface RecordOptions extends Pick<Surroundings, 'isAside'> {
  readonly recording: Recording
  /** Names of header lines and query parameters that are secrets here, besides those that are secrets everywhere. */
  readonly secretNames?: readonly string[]
  /** What clients call the service by, where that is not what they send as Host. */
  readonly publicBaseUrl?: string
}

/**
 * Records every exchange but those that watch the service, once it is over. Register it first: what other hooks refuse is
 * recorded too. A recording that cannot be written is given up with a log line; the service goes on.
 */
export function addRecording(app: FastifyInstance, options: RecordOptions): void {
  const { recording, secretNames, publicBaseUrl, isAside = isUsuallyAside } = options
  const mask = createMask(secretNames)
  const answers = new WeakMap<FastifyRequest, KeptBody>()
  let isGivenUp = false

  app.addHook('onRequest', (request, reply, next) => {
    if (isGivenUp || isAside(request)) return next()
    const at = Date.now()
    const start = performance.now()
    const sent = keepBody(request.raw)
    let isSent = false
    // Also told of a response whose connection was destroyed under it.
    reply.raw.once('finish', () => {
      isSent = !request.raw.socket.destroyed
    })
    reply.raw.once('close', () => {
      if (isGivenUp) return
      const answer = answers.get(request)
      const isAnswered = isSent && answer !== undefined
      const entry = toEntry(
        {
          at,
          ms: Math.round((performance.now() - start) * 1_000) / 1_000,
          method: request.method,
          url: urlOf(request, publicBaseUrl),
          httpVersion: `HTTP/${request.raw.httpVersion}`,
          requestId: request.id,
          requestHeaders: pairs(request.raw.rawHeaders),
          requestBody: sent.body,
          ...(isAnswered && {
            response: { status: reply.raw.statusCode, headers: headersOf(reply), body: answer },
          }),
        },
        mask,
      )
      try {
        recording.add(entry)
      } catch (err) {
        isGivenUp = true
        app.log.error({ event: 'record.failed', file: recording.file, err }, 'record.failed')
      }
    })
    next()
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Node would write it where it is not seen; judges of a recording compare it with times inside of bodies.
    if (!reply.hasHeader('Date')) reply.header('Date', new Date().toUTCString())
    answers.set(request, request.method === 'HEAD' ? { bytes: 0, content: Buffer.alloc(0) } : keptPayload(payload))
    done(null, payload)
  })
}

/** Listens without reading: whoever reads the request gets all of it, and what nobody reads is seen all the same. */
function keepBody(message: IncomingMessage): BodyKeeper {
  const keeper = new BodyKeeper()
  const push = message.push
  message.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    if (chunk !== null) keeper.add(chunk)
    return push.call(message, chunk, encoding)
  }
  return keeper
}

function keptPayload(payload: unknown): KeptBody {
  const keeper = new BodyKeeper()
  if (typeof payload === 'string') keeper.add(Buffer.from(payload))
  else if (payload instanceof Uint8Array) keeper.add(payload)
  // A stream is not held up to be recorded; that there was something is said by its size, which is unknown.
  else if (payload !== null && payload !== undefined) return { bytes: -1, content: undefined }
  return keeper.body
}

const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i

function urlOf(request: FastifyRequest, publicBaseUrl: string | undefined): string {
  const { host = '' } = request.headers
  // What a client writes there may be anything.
  const base =
    publicBaseUrl ?? (HOST.test(host) && URL.canParse(`http://${host}`) ? `http://${host}` : 'http://localhost')
  const path = request.originalUrl.startsWith('/') ? request.originalUrl : `/${request.originalUrl}`
  const url = base.replace(/\/$/, '') + path
  return URL.canParse(url) ? url : base
}

function headersOf(reply: FastifyReply): HeaderLine[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    [value ?? []].flat().map((line): HeaderLine => [name, String(line)]),
  )
}

function pairs(rawHeaders: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    lines.push([rawHeaders[index]!, rawHeaders[index + 1]!])
  return lines
}
