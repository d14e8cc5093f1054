import type { Guard } from './guard.ts'
import type { AnyPgClient, PgClient } from './pg-client.ts'

type Callback = (error: unknown, result?: unknown) => void
type QueryConfig = { readonly text?: string; readonly values?: unknown; readonly submit?: unknown }

/** The client with another `query`: everything else of it, such as type parsers, is its own. */
export function guardedClient(client: PgClient, guard: Guard): object {
  const any = client as unknown as AnyPgClient
  let running = 0
  let last: Promise<unknown> = Promise.resolve()

  function send(config: object, text: string): Promise<unknown> {
    try {
      guard.permit(text)
    } catch (error) {
      return Promise.reject(error)
    }
    const ended = guard.track()
    const now = async (): Promise<unknown> => any.query(config)
    // One after the other: `pg` takes a second query while one runs only in its pipeline mode, else it queues it and warns.
    // A statement that waited may find that the transaction has ended meanwhile.
    const sent =
      running === 0 || any.pipeline === true
        ? now()
        : last.then(() => {
            guard.permit(text)
            return now()
          })
    running += 1
    // Handled here too: a query that the author does not await must not end the process. COMMIT shows its failure.
    last = sent.then(
      () => {
        running -= 1
        ended()
      },
      (error) => {
        running -= 1
        ended(error ?? new Error('The query failed.'))
      },
    )
    return sent
  }

  function query(given: string | QueryConfig, values?: unknown, callback?: Callback): unknown {
    const done = typeof values === 'function' ? (values as Callback) : callback
    const config = typeof given === 'string' ? { text: given } : given
    if (typeof config.submit === 'function') {
      // A cursor or a stream: it brings its own way of answering.
      guard.permit(config.text ?? '')
      return any.query(config)
    }
    // The extended protocol takes one statement at a time, so no COMMIT can hide behind a semicolon.
    const sent = send({ ...config, ...(Array.isArray(values) && { values }), queryMode: 'extended' }, config.text ?? '')
    if (done === undefined) return sent
    sent.then(
      (result) => done(null, result),
      (error) => done(error),
    )
    return undefined
  }

  // Assigned, not defined: one is made for each transaction, and descriptors are slow.
  return Object.assign(Object.create(client) as object, {
    query,
    // Query builders give a client back after each query; the library does so after the transaction.
    release: keep,
    end: refuse,
    connect: refuse,
  })
}

function keep(): void {}

function refuse(): never {
  throw new Error('create() may neither open nor close the connection: it belongs to the library.')
}
