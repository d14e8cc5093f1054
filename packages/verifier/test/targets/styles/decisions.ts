import { randomUUID } from 'node:crypto'
import type { DeclaredCreate } from '../bookshop.ts'
import type { Style } from './style.ts'

/** A row, under its own names. */
export type Row = Record<string, unknown>

/** An answer, before a host sends it. */
export interface Reply {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  /** JSON, or text as it is. */
  readonly body?: unknown
}

/** What an answer is about. */
export interface About {
  readonly what: 'created' | 'existing' | 'replayed' | 'read' | 'listed' | 'refused'
  /** What is refused. */
  readonly code?: string
  readonly row?: Row
  readonly input?: Row
  /** The path of the resource and of the collection, with the prefix; and the path that was asked for. */
  readonly path: string
  readonly collection: string
  readonly prefix: string
  readonly origin: string
  readonly prefer: string
  /** Every row there is, the newest last. */
  readonly rows: readonly Row[]
  /** The shown name of a member. */
  shown(name: string): string
}

/** Where a request may have to let others go first. */
export type Point = 'claimed' | 'looked the key up' | 'looked for a duplicate' | 'made the id' | 'inserted' | 'answered'

/** Every decision of a service that a fault can change. */
export interface Decisions {
  /** What the document says about a create. */
  declares(operation: DeclaredCreate): DeclaredCreate
  /** The last look at any answer. */
  answer(reply: Reply, about: About): Reply
  /** What of an accepted body is stored; undefined stores nothing at all. */
  stores(input: Row): Row | undefined
  /** What a row is shown as. */
  shows(row: Row, where: 'created' | 'read' | 'listed'): Row
  /** The rows of a list. */
  lists(rows: readonly Row[]): readonly Row[]
  /** What is wrong with a body, given what the schema says. */
  faults(faults: readonly Fault[], input: unknown): readonly Fault[] | 'crash'
  /** Whether a refused body is stored all the same. */
  storesRefused(): boolean
  /** Members that a client may set besides those of the schema. */
  takes(): readonly string[]
  id(kind: Style['ids'], last: number, count: number, input: Row): string | number
  duplicate(found: Row | undefined): Row | undefined
  /** What a duplicate comes to, instead of what the style says. */
  onDuplicate(): 'by the style' | 'crash' | 'overwrite' | 'as if created'
  key(lines: readonly string[], parse: (lines: readonly string[]) => Key): Key
  usesKey(): boolean
  needsKey(needs: boolean): boolean
  /** What has to be equal for a retry to be one. */
  fingerprint(canonical: string, raw: string): string
  /** What happens to a known key with another payload. */
  onReuse(): 'refuse' | 'replay' | 'execute' | 'overwrite' | 'crash'
  /** What is kept under the key after an answer. */
  keeps(reply: Reply): 'record' | 'nothing' | 'in flight'
  onInFlight(): number | 'execute'
  mediaType(type: string): boolean
  parentNeeded(): boolean
  refusesAccept(): 'never' | 'before' | 'after'
  refusesPreference(prefer: string): boolean
  /** Whether content is held against its Content-Digest, and when. */
  checksDigest(): 'never' | 'before' | 'after'
  /** How many turns of the event loop others get here. */
  waits(point: Point): number
  /** What becomes of a request whose client has left. */
  onHangUp(): 'completes' | 'forgets the key' | 'leaves the key in flight'
  /** Milliseconds from the answer to the row being visible. */
  commitsAfter(): number
  /** How many requests may be inside at once before it breaks. */
  bears(): number
  /** Whether an insert writes back the list as it was read before. */
  losesUpdates(): boolean
  /** Whether GET with `action=create` creates. */
  createsByGet(): boolean
  /** Whether a read with a known key is answered from the record. */
  replaysReads(): boolean
  onDelete(): 'deletes' | 'keeps' | 405
  /** Whether JSON:API's rules about its types are followed: parameters in Content-Type and Accept, and `data.type`. */
  knowsTypes(what: 'content' | 'accept' | 'resource'): boolean
  malformed(body: string): 'refuse' | 'crash' | 'empty'
}

/** One violation of the schema. */
export interface Fault {
  readonly pointer: string
  readonly rule: string
  readonly detail: string
}

/** A key as it was read from its lines. */
export type Key =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }

/** The decisions of a service without a fault. */
export const right: Decisions = {
  declares: (operation) => operation,
  answer: (reply) => reply,
  stores: (input) => input,
  shows: (row) => row,
  lists: (rows) => rows,
  faults: (faults) => faults,
  storesRefused: () => false,
  takes: () => [],
  id: (kind, last, _, input) => {
    if (kind === 'uuid') return randomUUID()
    if (kind === 'text') return `p_${randomUUID().slice(0, 13)}`
    // Two things may have one title.
    if (kind === 'slug') return `${slugOf(String(input['title'] ?? input['name']))}-${last + 1}`
    return last + 1
  },
  duplicate: (found) => found,
  onDuplicate: () => 'by the style',
  key: (lines, parse) => parse(lines),
  usesKey: () => true,
  needsKey: (needs) => needs,
  fingerprint: (canonical) => canonical,
  onReuse: () => 'refuse',
  keeps: ({ status }) => (status < 400 ? 'record' : 'nothing'),
  onInFlight: () => 409,
  mediaType: (type) => type === 'application/json' || type === 'application/vnd.api+json',
  parentNeeded: () => true,
  refusesAccept: () => 'never',
  refusesPreference: () => false,
  checksDigest: () => 'never',
  waits: (point) => (point === 'claimed' ? 1 : 0),
  onHangUp: () => 'completes',
  commitsAfter: () => 0,
  bears: () => Number.POSITIVE_INFINITY,
  losesUpdates: () => false,
  createsByGet: () => false,
  replaysReads: () => false,
  onDelete: () => 'deletes',
  knowsTypes: () => true,
  malformed: () => 'refuse',
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 24)
}
