import { arrayText } from './array-text.ts'
import type { Ran } from './driver.ts'
import { Packet } from './packet.ts'
import type { Step, Value } from './statement.ts'
import { textArray } from './text-array.ts'

/** What `pg` hands to a query that writes itself. */
export interface PgWire {
  readonly stream: { readonly writable: boolean; write(bytes: Uint8Array): unknown }
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

  submit({ stream }: PgWire): null {
    const packet = new Packet()
    for (const { statement, values } of this.#steps) {
      const { name, text, types } = statement
      if (name === '') packet.parse(name, text)
      else if (!this.#prepared.has(name)) {
        // An earlier packet may have failed before or after this name was taken.
        packet.close(name)
        packet.parse(name, text)
      }
      packet.bind(
        name,
        values.map((value, index) => encoded(value, types[index]!)),
      )
      packet.execute()
    }
    packet.sync()
    // A stream that has ended tells by itself.
    if (stream.writable) stream.write(packet.bytes())
    return null
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { readonly fields: readonly unknown[] }): void {
    const { columns } = this.#steps[this.#done]!.statement
    this.#rows.push(rowOf(columns, fields))
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

function encoded(value: Value, type: string): string | Buffer | null {
  if (value === null || typeof value === 'string') return value
  return type === 'text[]' ? textArray(value) : arrayText(value)
}

function rowOf(columns: readonly string[], fields: readonly unknown[]): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index++) row[columns[index]!] = fields[index]
  return row
}
