import type { Guard } from './guard.ts'
import type { AnySql, PostgresJsQuery } from './postgres-js.ts'

/** A `sql` whose queries go out on one connection, and ask the guard at the moment at which they do. */
export function guardedSql(
  sql: AnySql,
  guard: Guard,
  connection: {
    send(query: PostgresJsQuery): void
    track(query: PostgresJsQuery, ended: (error?: unknown) => void): void
  },
): object {
  const guarded = (made: unknown): unknown => {
    if (!isQuery(made)) return made
    made.handler = (query) => {
      try {
        guard.permit(textOf(query))
      } catch (error) {
        query.reject(error)
        return
      }
      // The extended protocol takes one statement at a time, so no COMMIT can hide behind a semicolon.
      if (query.options.simple === true) query.options.simple = false
      connection.track(query, guard.track())
      // Handled here too: a query that nobody awaits must not end the process. COMMIT shows its failure.
      Promise.prototype.then.call(query, undefined, () => {})
      connection.send(query)
    }
    return made
  }
  const tx = (...args: unknown[]): unknown => guarded(sql(...args))
  const { types, typed, array, json } = sql as unknown as Record<string, unknown>
  return Object.assign(tx, {
    types,
    typed,
    array,
    json,
    options: sql.options,
    unsafe: (...args: Parameters<AnySql['unsafe']>) => guarded(sql.unsafe(...args)),
    notify: (channel: string, payload: string) => tx`select pg_notify(${channel}, ${payload})`,
    // The library gives the connection back.
    release() {},
  })
}

function isQuery(made: unknown): made is PostgresJsQuery {
  return made instanceof Promise && typeof (made as PostgresJsQuery).handler === 'function'
}

/** The beginning of a query's text, also where it is made of other queries. */
function textOf({ strings, args }: PostgresJsQuery): string {
  const [text = ''] = strings
  const [first] = args
  return text.trim() === '' && isQuery(first) ? textOf(first) : text
}
