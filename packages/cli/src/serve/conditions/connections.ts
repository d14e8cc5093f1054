import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { systemTime, type Time } from '@createonce/server'
import type { FastifyInstance } from 'fastify'
import { isAside as isUsuallyAside } from './is-aside.ts'
import { refuseEarly } from './refuse-early.ts'
import type { Surroundings } from './surroundings.ts'

/** How many connections, and how long a stop waits for them. */
export interface ConnectionOptions extends Surroundings {
  readonly maxConnections: number
  readonly stopWithinMs: number
  /** @default the machine's clock */
  readonly time?: Time
}

// Connections that are told why they are refused; those beyond are closed without a word, since telling costs memory.
const TOLD = 100

const CHANNEL = 'net.server.socket'

/**
 * Bounds the connections. A request on one above `maxConnections` is answered 503 `overloaded` and the connection closed; far above, it is
 * closed at once. A stop waits `stopWithinMs` for requests that are running, then drops them: Node looks at no time limits any more once
 * a server closes (`server.close`), so that a client that drips would hold it for ever.
 */
export function addConnectionLimit(app: FastifyInstance, options: ConnectionOptions): void {
  const { maxConnections, stopWithinMs, isAside = isUsuallyAside, time = systemTime } = options
  const open = new Set<Socket>()
  const surplus = new WeakSet<Socket>()
  // For `localhost` Fastify listens with a server for each address, and shows only the first; all have one handler.
  const [handler] = app.server.listeners('request')
  const isOurs = (server: Server): boolean => server.listeners('request').includes(handler!)

  const onConnection = (message: unknown): void => {
    const { socket } = message as { socket: Socket & { server?: Server } }
    if (socket.server === undefined || !isOurs(socket.server)) return
    if (open.size >= maxConnections + TOLD) {
      socket.destroy()
      return
    }
    if (open.size >= maxConnections) surplus.add(socket)
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }

  let cancelStop = (): void => {}
  app.addHook('onReady', (done) => {
    subscribe(CHANNEL, onConnection)
    done()
  })
  app.addHook('preClose', (done) => {
    cancelStop = time.after(stopWithinMs, () => {
      for (const socket of open) socket.destroy()
    })
    done()
  })
  app.addHook('onClose', (_app, done) => {
    cancelStop()
    unsubscribe(CHANNEL, onConnection)
    done()
  })
  app.addHook('onRequest', (request, reply, next) => {
    if (!surplus.has(request.raw.socket) || isAside(request)) return next()
    reply.header('Connection', 'close')
    const detail = `${maxConnections} connections are open, and no more are served. Nothing was done.`
    refuseEarly(reply, 'overloaded', detail, options)
  })
}
