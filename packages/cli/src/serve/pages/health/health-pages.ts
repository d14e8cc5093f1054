import type { FastifyInstance } from 'fastify'
import type { Page } from '../page.ts'
import { askInTime } from './ask-in-time.ts'

/** What readiness depends on. */
export interface HealthSettings {
  /** Asks the database something; rejects where it does not answer. */
  readonly check: () => Promise<void>
  /**
   * Milliseconds after which a check counts as failed.
   * @default 2000
   */
  readonly limitMs?: number
}

// Shorter than the time that probes are usually given (Kubernetes: 1 s by default, most set 3 to 5), so that they hear why.
const LIMIT_MS = 2_000

// Each answer is about this moment.
const FRESH = { 'Cache-Control': 'no-store' }

/**
 * `/health/live`: the process answers. `/health/ready`: its database answers too, and it is not stopping; otherwise 503 with
 * the reason, which names no host and no error: that is logged.
 */
export function healthPages({ check, limitMs = LIMIT_MS }: HealthSettings): readonly Page[] {
  return [
    {
      path: '/health/live',
      about: 'Whether the process answers',
      add(app) {
        app.get('/health/live', (_request, reply) => reply.headers(FRESH).send({ status: 'ok' }))
      },
    },
    { path: '/health/ready', about: 'Whether it can be sent requests', add: (app) => addReady(app, check, limitMs) },
  ]
}

function addReady(app: FastifyInstance, check: () => Promise<void>, limitMs: number): void {
  const isAnswering = askInTime(check, limitMs, (error) =>
    app.log.warn({ cause: bare(error) }, 'the check of readiness failed'),
  )
  let isStopping = false
  app.addHook('preClose', async () => {
    isStopping = true
  })
  app.get('/health/ready', async (_request, reply) => {
    reply.headers(FRESH)
    if (isStopping) return reply.code(503).send({ status: 'unavailable', why: 'the server is stopping' })
    if (await isAnswering()) return reply.send({ status: 'ok' })
    return reply.code(503).send({ status: 'unavailable', why: 'the database does not answer' })
  })
}

// What drivers hang on their errors besides may hold credentials and values of rows.
function bare(error: unknown): { readonly type: string; readonly message: string; readonly code?: unknown } {
  if (!(error instanceof Error)) return { type: typeof error, message: 'what was thrown is no Error' }
  const { code } = error as NodeJS.ErrnoException
  return { type: error.name, message: error.message, ...(code !== undefined && { code }) }
}
