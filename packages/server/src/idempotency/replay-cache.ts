import type { RecordedAnswer } from './store.ts'
import type { Time } from './time.ts'

/** A finished record as a process remembers it. */
export interface CachedRecord {
  readonly fingerprint: string
  readonly answer: RecordedAnswer
}

/** Finished records that this process has seen lately; a record never changes, so a copy is as good. */
export interface ReplayCache {
  get(id: string): CachedRecord | undefined
  /** Remembers a record that expires at `expiresAt` (milliseconds since the epoch). */
  put(id: string, record: CachedRecord, expiresAt: number): void
  /** The bytes that the entries take, as estimated. */
  readonly bytes: number
}

// A record can be erased (privacy), or released by an operator; every process must notice within a minute.
const LONGEST_MS = 60_000

// What an entry takes besides its text: the map's slot, four objects, the headers of its strings. A generous guess,
// since the bound is there to protect the process.
const OVERHEAD = 512

interface Entry extends CachedRecord {
  readonly bytes: number
  readonly until: number
}

/** Makes a cache of at most `maxBytes`; what was not asked for the longest goes first. Zero keeps nothing. */
export function createReplayCache(options: { readonly maxBytes: number; readonly time: Time }): ReplayCache {
  // A Map iterates in the order of insertion: whoever is asked for moves to the end.
  const entries = new Map<string, Entry>()
  let bytes = 0

  function drop(id: string, entry: Entry): void {
    entries.delete(id)
    bytes -= entry.bytes
  }

  return {
    get bytes() {
      return bytes
    },
    get(id) {
      const entry = entries.get(id)
      if (entry === undefined) return undefined
      drop(id, entry)
      if (entry.until <= options.time.now()) return undefined
      entries.set(id, entry)
      bytes += entry.bytes
      return entry
    },
    put(id, record, expiresAt) {
      const before = entries.get(id)
      if (before !== undefined) drop(id, before)
      const entry = {
        fingerprint: record.fingerprint,
        answer: record.answer,
        bytes: sizeOf(id, record),
        until: Math.min(expiresAt, options.time.now() + LONGEST_MS),
      }
      if (entry.bytes > options.maxBytes) return
      entries.set(id, entry)
      bytes += entry.bytes
      for (const [oldest, old] of entries) {
        if (bytes <= options.maxBytes) break
        drop(oldest, old)
      }
    },
  }
}

/** Two bytes a character: V8 keeps text outside Latin-1 that way, and a bound must hold for every text. */
function sizeOf(id: string, { fingerprint, answer }: CachedRecord): number {
  let characters = id.length + fingerprint.length + (answer.body?.length ?? 0)
  for (const name in answer.headers) characters += name.length + answer.headers[name]!.length
  return OVERHEAD + 2 * characters
}
