import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isAside as isUsuallyAside } from './is-aside.ts'
import { refuseEarly } from './refuse-early.ts'
import type { Surroundings } from './surroundings.ts'

/** What can happen to a write; each as likely as the others. */
export const faultKinds = [
  /** The connection is dropped, and nothing was done. */
  'dropped-before',
  /** The request is served, and the connection dropped instead of the answer. */
  'dropped-after',
  'internal-error',
  'overloaded',
  'store-unavailable',
] as const

/** How many writes meet a fault. */
export interface FaultOptions extends Surroundings {
  /** From 0 to 1. */
  readonly share: number
  /** From 0 up to 1. */
  readonly random: () => number
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const DETAIL = 'A fault that this server was told to inject. Nothing was done.'

/**
 * Lets a share of the writes fail as networks and servers do, for clients that are to be tested on it. Each fault is a log line
 * `fault.injected`. What is only read is left alone, and so is what watches the service.
 */
export function addFaults(app: FastifyInstance, options: FaultOptions): void {
  const { share, random, isAside = isUsuallyAside } = options
  if (share === 0) return
  const dropped = new WeakSet<FastifyRequest>()

  app.addHook('onRequest', (request, reply, next) => {
    if (!WRITES.has(request.method) || request.is404 || isAside(request)) return next()
    // Always two numbers: the fate of the next write does not depend on that of this one.
    const [meets, which] = [random(), random()]
    if (meets >= share) return next()
    const fault = faultKinds[Math.floor(which * faultKinds.length)]!
    app.log.warn({ event: 'fault.injected', fault, requestId: request.id, method: request.method }, 'fault.injected')
    switch (fault) {
      case 'dropped-before':
        reply.hijack()
        request.raw.socket.destroy()
        return
      case 'dropped-after':
        dropped.add(request)
        return next()
      default:
        refuseEarly(reply, fault, DETAIL, options)
    }
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!dropped.has(request)) return done(null, payload)
    // The answer is there, so whatever it tells of is committed; nobody hears of it. `done` is never called: there is
    // nothing to write to any more.
    reply.hijack()
    request.raw.socket.destroy()
  })
}
