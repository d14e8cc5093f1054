import type { AddressInfo } from 'node:net'
import { buildBookshop } from '../bookshop/app.ts'
import { createMetrics } from '../serve/pages/metrics/create-metrics.ts'
import { UsageError } from '../usage-error.ts'
import { openStore } from './open-store.ts'

/** A bookshop that accepts requests. */
export interface RunningBookshop {
  readonly url: string
  readonly where: string
  /** Finishes what is running, then closes the database. */
  stop(): Promise<void>
}

/** Where and how to serve. */
export interface BookshopAddress {
  readonly port: number
  readonly host: string
  readonly store: string
  readonly publicBaseUrl?: string
  readonly logs: boolean
}

/** Opens the store, serves the bookshop, and says in a sentence what is wrong where that fails. */
export async function startBookshop({
  port,
  host,
  store: text,
  publicBaseUrl,
  logs,
}: BookshopAddress): Promise<RunningBookshop> {
  const metrics = createMetrics()
  const { store, where, close } = await openStore(text, metrics.observe)
  try {
    const app = buildBookshop({ store, logs, metrics, ...(publicBaseUrl !== undefined && { publicBaseUrl }) })
    await app.listen({ port, host })
    const bound = app.server.address() as AddressInfo
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
      where,
      async stop() {
        await app.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw explained(error, port, host)
  }
}

function explained(error: unknown, port: number, host: string): unknown {
  switch ((error as { code?: string }).code) {
    case 'EADDRINUSE':
      return new UsageError(
        `Port ${port} on ${host} is in use. Stop what runs there, choose another with --port N, or let --port 0 pick a free one.`,
      )
    case 'EACCES':
      return new UsageError(`Port ${port} may not be used without more rights; choose one above 1023 with --port N.`)
    case 'ENOTFOUND':
    case 'EADDRNOTAVAIL':
      return new UsageError(`This machine has no address ${host}; use --host localhost, or 0.0.0.0 for all addresses.`)
  }
  // The one setting of the bookshop that comes from the user, checked where the creations are defined.
  if (error instanceof TypeError && error.message.startsWith('publicBaseUrl')) {
    return new UsageError(error.message.replace('publicBaseUrl', '--public-base-url'))
  }
  return error
}
