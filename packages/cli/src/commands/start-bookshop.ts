import { buildBookshop } from '../bookshop/app.ts'
import { conditionLines } from '../serve/conditions/condition-lines.ts'
import type { Conditions } from '../serve/conditions/conditions.ts'
import { toConditions } from '../serve/conditions/options/to-conditions.ts'
import { openRecording, type Recording } from '../serve/conditions/record/open-recording.ts'
import { createMetrics } from '../serve/pages/metrics/create-metrics.ts'
import { UsageError } from '../usage-error.ts'
import { listen } from './listen.ts'
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
    const url = await listen(app, { port, host })
    return {
      url,
      where,
      notes: conditionLines(conditions, recording?.file),
      async stop() {
        await app.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw explained(error)
  }
}

/** The one setting that comes from the user and is checked where the creations are defined. */
function explained(error: unknown): unknown {
  const isTheirs = error instanceof TypeError && error.message.startsWith('publicBaseUrl')
  return isTheirs ? new UsageError(error.message.replace('publicBaseUrl', '--public-base-url')) : error
}
