import type { AddressInfo } from 'node:net'
import { buildBookshop } from '../bookshop/app.ts'
import { conditionLines } from '../serve/conditions/condition-lines.ts'
import type { Conditions } from '../serve/conditions/conditions.ts'
import { toConditions } from '../serve/conditions/options/to-conditions.ts'
import { openRecording, type Recording } from '../serve/conditions/record/open-recording.ts'
import { createMetrics } from '../serve/pages/metrics/create-metrics.ts'
import { UsageError } from '../usage-error.ts'
import { openStore } from './open-store.ts'

/** A bookshop that accepts requests. */
export interface RunningBookshop {
  readonly url: string
  readonly where: string
  /** What people are told of the conditions that it serves under. */
  readonly notes: readonly string[]
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
  /** @default none but the usual limits */
  readonly conditions?: Conditions
}

/** Opens the store, serves the bookshop, and says in a sentence what is wrong where that fails. */
export async function startBookshop({
  port,
  host,
  store: text,
  publicBaseUrl,
  logs,
  conditions = toConditions(),
}: BookshopAddress): Promise<RunningBookshop> {
  const metrics = createMetrics()
  const { store, where, close: closeStore } = await openStore(text, metrics.observe)
  const close = async (): Promise<void> => {
    recording?.close()
    await closeStore()
  }
  let recording: Recording | undefined
  try {
    recording = conditions.record === undefined ? undefined : openRecording(conditions.record)
    const app = buildBookshop({
      store,
      logs,
      conditions,
      metrics,
      ...(publicBaseUrl !== undefined && { publicBaseUrl }),
      ...(recording !== undefined && { recording }),
    })
    await app.listen({ port, host })
    const bound = app.server.address() as AddressInfo
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
      where,
      notes: conditionLines(conditions, recording?.file),
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
