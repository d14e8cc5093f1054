// https://www.postgresql.org/docs/current/protocol-message-formats.html
const [PARSE, BIND, EXECUTE, CLOSE, SYNC] = [0x50, 0x42, 0x45, 0x43, 0x53]
const [TEXT, BINARY] = [0, 1]
const STATEMENT = 0x53

// Room for a record with a short answer; one packet in a thousand is larger, and grows.
const ROOM = 2_048

// UTF-8 needs at most three bytes for each unit of UTF-16.
const WIDEST = 3

/**
 * Messages of the extended protocol, written into one buffer: one call of the operating system for all of them, where
 * a driver that writes each into one of its own makes it gather dozens.
 */
export class Packet {
  #buffer = Buffer.allocUnsafe(ROOM)
  #at = 0

  /** Forgets a statement; one that is not there is no error. */
  close(name: string): void {
    const start = this.#begin(CLOSE)
    this.#byte(STATEMENT)
    this.#name(name)
    this.#end(start)
  }

  /** Prepares a statement, the types of whose parameters its text tells. */
  parse(name: string, text: string): void {
    const start = this.#begin(PARSE)
    this.#name(name)
    this.#name(text)
    this.#int16(0)
    this.#end(start)
  }

  /** Gives a statement its values: text, or the binary form where a value is a buffer. Its rows come as text. */
  bind(name: string, values: readonly (string | Buffer | null)[]): void {
    const start = this.#begin(BIND)
    this.#name('')
    this.#name(name)
    this.#int16(values.length)
    for (const value of values) this.#int16(typeof value === 'object' && value !== null ? BINARY : TEXT)
    this.#int16(values.length)
    for (const value of values) this.#value(value)
    this.#int16(1)
    this.#int16(TEXT)
    this.#end(start)
  }

  /** Executes what was bound, to its last row. */
  execute(): void {
    const start = this.#begin(EXECUTE)
    this.#name('')
    this.#int32(0)
    this.#end(start)
  }

  /** Ends the messages that an error skips. */
  sync(): void {
    this.#end(this.#begin(SYNC))
  }

  /** What was written. */
  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at)
  }

  #begin(type: number): number {
    this.#byte(type)
    const start = this.#at
    this.#int32(0)
    return start
  }

  /** The length of a message counts itself, and not its type. */
  #end(start: number): void {
    this.#buffer.writeInt32BE(this.#at - start, start)
  }

  #value(value: string | Buffer | null): void {
    if (value === null) {
      this.#int32(-1)
    } else if (typeof value === 'string') {
      this.#reserve(4 + value.length * WIDEST)
      const length = this.#buffer.write(value, this.#at + 4)
      this.#int32(length)
      this.#at += length
    } else {
      this.#int32(value.length)
      this.#reserve(value.length)
      this.#at += value.copy(this.#buffer, this.#at)
    }
  }

  #name(text: string): void {
    this.#reserve(text.length * WIDEST + 1)
    this.#at += this.#buffer.write(text, this.#at)
    this.#byte(0)
  }

  #byte(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#at++] = value
  }

  #int16(value: number): void {
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(value, this.#at)
  }

  #int32(value: number): void {
    this.#reserve(4)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#buffer.length) return
    const wider = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + more))
    this.#buffer.copy(wider, 0, 0, this.#at)
    this.#buffer = wider
  }
}
