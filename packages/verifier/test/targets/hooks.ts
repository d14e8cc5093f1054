import type { DeclaredCreate, Kind } from './bookshop.ts'

/** A stored resource, in undisguised words. */
export type Stored = Record<string, unknown>

/** What is remembered of an answered request. */
export interface Remembered {
  readonly fingerprint: string
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

/** Every decision of the API that a flaw can change. */
export interface Hooks {
  /** What the document says about a create. */
  declares(operation: DeclaredCreate): DeclaredCreate
  /** Whether a request is one too many. */
  limited(): boolean
  createdStatus(): number
  /** The Location lines, given the right one and what else was created before. */
  location(path: string, context: { collection: string; firstEver: string }): readonly string[]
  /** The answer to a create. */
  created(resource: Stored, input: Stored): Stored | undefined
  /** What is stored of an accepted body. */
  stored(input: Stored, kind: Kind): Stored
  /** Whether members that the schema does not have go into the row. */
  spreads(): boolean
  /** Whether the answer can be made after the row is stored. */
  canAnswer(row: Stored): boolean
  etag(row: Stored, of: 'the create' | 'a read'): string
  sendsContentLocation(): boolean
  /** When an Accept that cannot be met is refused. */
  refusesAccept(): 'never' | 'before creating' | 'after creating'
  /** The status for a missing member, given the one for invalid input. */
  missingMember(status: number): number
  listed(resources: readonly Stored[]): readonly Stored[]
  /** Called for each read; answers whether the resource is visible by now. */
  visible(reads: number): boolean
  redirect(): { status: number; slash: boolean } | undefined
  accepts(mediaType: string): boolean
  validates(): boolean
  storesBeforeValidation(): boolean
  status(problem: string, usual: number): number
  /** What an error answers. */
  problem(problem: Record<string, unknown>): { body: unknown; type: string }
  allow(methods: readonly string[]): string | undefined
  preferenceError(prefer: string): boolean
  checksParent(): boolean
  unique(kind: Kind): 'by policy' | 'answer 201' | 'without Location' | 'ignore' | 'crash'
  /** Lets others go between looking for a duplicate and inserting. */
  gapBeforeInsert(): boolean
  nextId(kind: 'uuid' | 'integer', count: number, last: number): string | number
  gapBeforeId(): boolean
  parseKey(lines: readonly string[]): { kind: 'key'; key: string } | { kind: 'none' } | { kind: 'invalid' }
  requiresKey(kind: Kind): boolean
  usesKey(): boolean
  fingerprint(raw: string, canonical: string): string
  comparesFingerprint(): boolean
  gapBeforeClaim(): boolean
  replayed(answer: Remembered): Remembered
  remembersErrors(): boolean
  forgetsAborted(): boolean
}

const keyText = /^[!#-+\--:<-[\]-~]{1,255}$/

/** The decisions of an API without a flaw. */
export const correct: Hooks = {
  declares: (operation) => operation,
  limited: () => false,
  createdStatus: () => 201,
  location: (path) => [path],
  created: (resource) => resource,
  stored: (input) => input,
  spreads: () => false,
  canAnswer: () => true,
  etag: (row) => `"${String(row['id'])}-1"`,
  sendsContentLocation: () => false,
  refusesAccept: () => 'never',
  missingMember: (status) => status,
  listed: (resources) => resources,
  visible: () => true,
  redirect: () => undefined,
  accepts: (mediaType) => mediaType === 'application/json',
  validates: () => true,
  storesBeforeValidation: () => false,
  status: (_, usual) => usual,
  problem: (body) => ({ body, type: 'application/problem+json' }),
  allow: (methods) => methods.join(', '),
  preferenceError: () => false,
  checksParent: () => true,
  unique: () => 'by policy',
  gapBeforeInsert: () => false,
  nextId: (type, _, last) => (type === 'uuid' ? crypto.randomUUID() : last + 1),
  gapBeforeId: () => false,
  parseKey: (lines) => {
    if (lines.length === 0) return { kind: 'none' }
    const [line = ''] = lines
    const text = /^"((?:[^"\\]|\\["\\])*)"$/.exec(line)?.[1]?.replace(/\\(["\\])/g, '$1') ?? line
    return lines.length === 1 && keyText.test(text) ? { kind: 'key', key: text } : { kind: 'invalid' }
  },
  requiresKey: (kind) => kind.idempotency === 'required',
  usesKey: () => true,
  fingerprint: (_, canonical) => canonical,
  comparesFingerprint: () => true,
  gapBeforeClaim: () => false,
  replayed: (answer) => ({ ...answer, headers: [...answer.headers, ['Idempotent-Replayed', 'true']] }),
  remembersErrors: () => false,
  forgetsAborted: () => false,
}
