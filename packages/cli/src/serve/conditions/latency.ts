import { systemTime, type Time } from '@createonce/server'
import type { FastifyInstance } from 'fastify'
import { isAside as isUsuallyAside } from './is-aside.ts'
import type { Surroundings } from './surroundings.ts'

/** How long requests wait. */
export interface LatencyOptions extends Pick<Surroundings, 'isAside'> {
  readonly fromMs: number
  readonly toMs: number
  /** From 0 up to 1. */
  readonly random: () => number
  /** @default the machine's clock */
  readonly time?: Time
}

/**
 * Lets each request wait before it is looked at. A stop ends all waits at once, so that what waits is still served; a client
 * that hangs up is not waited for.
 */
export function addLatency(app: FastifyInstance, options: LatencyOptions): void {
  const { fromMs, toMs, random, isAside = isUsuallyAside, time = systemTime } = options
  const waiting = new Set<() => void>()
  let isStopping = false

  app.addHook('onRequest', (request, reply, next) => {
    if (isAside(request)) return next()
    // Drawn even where nobody waits any more: the next request has its own number.
    const ms = fromMs + random() * (toMs - fromMs)
    if (isStopping) return next()
    const end = (): void => {
      if (!waiting.delete(end)) return
      cancel()
      next()
    }
    waiting.add(end)
    const cancel = time.after(ms, end)
    reply.raw.once('close', () => {
      if (waiting.delete(end)) cancel()
    })
  })
  app.addHook('preClose', (done) => {
    isStopping = true
    for (const end of [...waiting]) end()
    done()
  })
}
