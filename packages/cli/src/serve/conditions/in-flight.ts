import { systemTime, type Time } from '@createonce/server'
import type { FastifyInstance } from 'fastify'
import { isAside as isUsuallyAside } from './is-aside.ts'
import { refuseEarly } from './refuse-early.ts'
import type { Surroundings } from './surroundings.ts'

/** How many requests at once, and how long an answer may take to be fetched. */
export interface InFlightOptions extends Surroundings {
  readonly maxInFlight: number
  readonly answerTimeoutMs: number
  /** @default the machine's clock */
  readonly time?: Time
}

/**
 * Bounds what is being answered. Above `maxInFlight` a request is answered 503 `overloaded` at once; it is counted until its answer is
 * fetched or its connection gone. A client that does not fetch its answer in `answerTimeoutMs` is dropped: answers that nobody reads
 * would fill the memory.
 */
export function addInFlightLimit(app: FastifyInstance, options: InFlightOptions): void {
  const { maxInFlight, answerTimeoutMs, isAside = isUsuallyAside, time = systemTime } = options
  let inFlight = 0

  app.addHook('onRequest', (request, reply, next) => {
    inFlight += 1
    // The response's end and not Fastify's `onResponse`, which is not told of dropped connections.
    reply.raw.once('close', () => {
      inFlight -= 1
    })
    if (inFlight <= maxInFlight || isAside(request)) return next()
    const detail = `${maxInFlight} requests are being answered, and no more are taken at once. Nothing was done.`
    refuseEarly(reply, 'overloaded', detail, options)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    const { socket } = request.raw
    // Nobody is there any more, and `close` was told already.
    if (socket.destroyed) return done(null, payload)
    const cancel = time.after(answerTimeoutMs, () => socket.destroy())
    reply.raw.once('close', cancel)
    done(null, payload)
  })
}
