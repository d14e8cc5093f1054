import type { Answer } from '../creation/answer.ts'
import type { Time } from './time.ts'
import type { Asked } from './verbatim.ts'

/** A finished record as a process remembers it. */
export interface CachedRecord {
  readonly fingerprint: string
  /** As it is given to a retry. */
  readonly answer: Answer
  /** What a retry sent that was answered with it. */
  readonly asked: Asked | undefined
}

/** Finished records that this process has seen lately; a record never changes, so a copy is as good. */
export interface ReplayCache {
  get(id: string): CachedRecord | undefined
  /**
   * Remembers a record that expires at `expiresAt` (milliseconds since the epoch), unless something was erased since
   * `asOf`, the number of erasures before the store was asked.
   */
  put(id: string, record: CachedRecord, expiresAt: number, asOf: number | undefined): void
  /** How many erasures the store has seen, where it counts them. */
  readonly erasures: number | undefined
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

/**
 * Makes a cache of at most `maxBytes`; zero keeps nothing. What was not asked for the longest goes first, half of the
 * cache at a time: two generations need no list of uses, and forgetting the older one costs nothing. (A Map from whose
 * front entries are deleted one by one looks over all the holes each time.)
 */
export function createReplayCache(options: {
  readonly maxBytes: number
  readonly time: Time
  readonly erasures?: () => number | undefined
}): ReplayCache {
  const { maxBytes, time, erasures = () => undefined } = options
  let known = erasures()
  let young = new Map<string, Entry>()
  let old = new Map<string, Entry>()
  let youngBytes = 0
  let oldBytes = 0

  function take(id: string): Entry | undefined {
    const isYoung = young.get(id)
    if (isYoung !== undefined) {
      young.delete(id)
      youngBytes -= isYoung.bytes
      return isYoung
    }
    const isOld = old.get(id)
    if (isOld !== undefined) {
      old.delete(id)
      oldBytes -= isOld.bytes
    }
    return isOld
  }

  function add(id: string, entry: Entry): void {
    if (youngBytes + entry.bytes > maxBytes / 2) {
      old = young
      oldBytes = youngBytes
      young = new Map()
      youngBytes = 0
    }
    young.set(id, entry)
    youngBytes += entry.bytes
  }

  /** All of it, and not only the principal's: erasing is rare, and the store still knows everything else. */
  function forgetErased(): void {
    const now = erasures()
    if (now === known) return
    known = now
    young = new Map()
    old = new Map()
    youngBytes = 0
    oldBytes = 0
  }

  return {
    get erasures() {
      return erasures()
    },
    get bytes() {
      return youngBytes + oldBytes
    },
    get(id) {
      forgetErased()
      const recent = young.get(id)
      if (recent !== undefined && recent.until > time.now()) return recent
      const entry = take(id)
      if (entry === undefined || entry.until <= time.now()) return undefined
      add(id, entry)
      return entry
    },
    put(id, record, expiresAt, asOf) {
      forgetErased()
      if (asOf !== known) return
      take(id)
      const { fingerprint, answer, asked } = record
      const bytes = sizeOf(id, record)
      if (bytes > maxBytes / 2) return
      add(id, { fingerprint, answer, asked, bytes, until: Math.min(expiresAt, time.now() + LONGEST_MS) })
    },
  }
}

/** Two bytes a character: V8 keeps text outside Latin-1 that way, and a bound must hold for every text. */
function sizeOf(id: string, { fingerprint, answer, asked }: CachedRecord): number {
  let characters = id.length + fingerprint.length + (answer.body?.length ?? 0)
  for (const name in answer.headers) characters += name.length + answer.headers[name]!.length
  if (asked !== undefined) characters += asked.method.length + asked.path.length + asked.query.length
  return OVERHEAD + 2 * characters + (asked?.body.length ?? 0)
}
