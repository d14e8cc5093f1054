import { arrayText } from './array-text.ts'
import type { Ran } from './driver.ts'
import type { Step, Value } from './statement.ts'
import { textArray } from './text-array.ts'

/** What `pg` hands to a query that writes itself: each call is one message of the extended protocol. */
export interface PgWire {
  parse(message: { readonly name: string; readonly text: string }): void
  bind(message: { readonly statement: string; readonly values: readonly unknown[] }): void
  execute(): void
  close(message: { readonly type: 'S'; readonly name: string }): void
  sync(): void
  readonly stream: { cork(): void; uncork(): void }
}

type Callback = (error: unknown, ran?: Ran) => void

/**
 * Steps as one packet of the extended protocol, as a query of `pg` that writes itself, like its cursors do: one round
 * trip, each statement planned once for each connection, no description of rows whose columns are known.
 *
 * The server skips to the end of the packet after the first error. Outside of a transaction block, what stands in it is
 * one transaction, which the end commits.
 */
export class PgPipeline {
  /** `pg` puts its own around it where there is a time limit for queries. */
  callback: Callback
  readonly #steps: readonly Step[]
  readonly #prepared: Set<string>
  readonly #rows: Readonly<Record<string, unknown>>[] = []
  #done = 0
  #tag = ''

  constructor(steps: readonly Step[], prepared: Set<string>, callback: Callback) {
    this.#steps = steps
    this.#prepared = prepared
    this.callback = callback
  }

  submit(wire: PgWire): null {
    wire.stream.cork()
    for (const { statement, values } of this.#steps) {
      const { name, text, types } = statement
      if (name === '') wire.parse({ name, text })
      else if (!this.#prepared.has(name)) {
        // An earlier packet may have failed before or after this name was taken; closing one that is not there is no error.
        wire.close({ type: 'S', name })
        wire.parse({ name, text })
      }
      wire.bind({ statement: name, values: values.map((value, index) => encoded(value, types[index]!)) })
      wire.execute()
    }
    wire.sync()
    wire.stream.uncork()
    return null
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: readonly unknown[] }): void {
    const { columns } = this.#steps[this.#done]!.statement
    this.#rows.push(Object.fromEntries(columns.map((column, index) => [column, fields[index]])))
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const { name } = this.#steps[this.#done]!.statement
    if (name !== '') this.#prepared.add(name)
    this.#done += 1
    this.#tag = text
  }

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}

  handleError(error: unknown): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null, { rows: this.#rows, command: /^\w*/.exec(this.#tag)![0] })
  }
}

function encoded(value: Value, type: string): unknown {
  if (value === null || typeof value === 'string') return value
  return type === 'text[]' ? textArray(value) : arrayText(value)
}
