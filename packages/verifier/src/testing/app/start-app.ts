import { createServer, type RequestListener, type Server } from 'node:http'
import { listen } from './listen.ts'
import type { RunningApp } from './running-app.ts'
import { type FetchHandler, serveFetch } from './serve-fetch.ts'

/**
 * What can be verified: a server of `node:http`, a listener `(request, response)` (an Express or Connect app is one), a
 * Fastify instance, a Koa app, a Nest application, an object with `fetch(request)` (a Hono app), a fetch function, or
 * the URL of something that runs.
 */
export type App = string | object | ((...args: never[]) => unknown)

/**
 * Lets an app answer on a free port of 127.0.0.1. It is recognised by what it has, no framework is imported; what runs
 * already is taken as it is. Throws a TypeError for what is no app.
 */
export async function startApp(app: App): Promise<RunningApp> {
  if (typeof app === 'string' || app instanceof URL) return running(String(app))
  if ((typeof app !== 'object' && typeof app !== 'function') || app === null) throw noApp(app)
  const { then, getHttpServer, getHttpAdapter, init, inject, ready, server, fetch, callback } = app as Members
  if (isFunction(getHttpServer) && isFunction(init)) {
    await init.call(app)
    // On Fastify, Nest's routes are there once that is ready.
    const instance = isFunction(getHttpAdapter) ? membersOf(membersOf(getHttpAdapter.call(app))['instance']) : {}
    if (isFunction(instance['ready'])) await instance['ready'].call(instance)
    return listen(getHttpServer.call(app) as Server)
  }
  if (isFunction(inject) && isFunction(ready) && isServer(server)) {
    // Its own listen() could only be undone by closing the app, which is the test's to close.
    await ready.call(app)
    return listen(server)
  }
  if (isServer(app)) return listen(app)
  // Fastify is awaitable too.
  if (isFunction(then)) throw new TypeError('verifyApp was given a promise: await the app first.')
  if (isFunction(fetch)) return listen(createServer(serveFetch((request) => fetch.call(app, request) as Response)))
  if (isFunction(callback)) return listen(createServer(callback.call(app) as RequestListener))
  if (!isFunction(app)) throw noApp(app)
  return listen(createServer(app.length < 2 ? serveFetch(app as FetchHandler) : (app as RequestListener)))
}

type AnyFunction = (...args: unknown[]) => unknown
type Members = Readonly<Record<string, unknown>>

function running(text: string): RunningApp {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new TypeError(
      `${JSON.stringify(text)} is no URL of a running app: write it in full, as http://localhost:3000.`,
    )
  return { baseUrl: url.href.replace(/\/$/, ''), close: async () => {} }
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function'
}

function isServer(value: unknown): value is Server {
  const { listen, address, closeAllConnections } = membersOf(value)
  return isFunction(listen) && isFunction(address) && isFunction(closeAllConnections)
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}

function noApp(seen: unknown): TypeError {
  const what =
    typeof seen === 'object' && seen !== null
      ? `an object with ${Object.keys(seen).slice(0, 8).join(', ') || 'nothing'}`
      : String(seen)
  return new TypeError(
    `This is no app: ${what}. A server of node:http, a listener (request, response), an Express, Fastify, Koa or Nest app, an object with fetch(request), a fetch function, and the URL of something that runs are.`,
  )
}
