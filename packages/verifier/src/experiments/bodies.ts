/** Thrown when no body can be made that the schema accepts; the checks that asked become inconclusive. */
export class NoBody extends Error {
  constructor(reason: string) {
    super(`no body could be made: ${reason}`)
    this.name = 'NoBody'
  }
}

/** A body that breaks exactly one rule of the schema. */
export interface InvalidBody {
  readonly name: string
  readonly pointer: string
  readonly rule: string
  readonly body: unknown
}

/** A body with two violations that have nothing to do with each other. */
export interface TwiceInvalidBody {
  readonly pointers: readonly [string, string]
  readonly body: unknown
}

/** A valid body at an edge of the schema. */
export interface BoundaryBody {
  readonly name: string
  /** What the edge is about. */
  readonly about: 'unicode' | 'number' | 'size'
  readonly pointer: string
  readonly body: unknown
}

/** What a valid body should be like. */
export interface ValidBodyOptions {
  /** Only what the schema requires. */
  readonly minimal?: boolean
  /** Members with given values, by name or JSON Pointer. */
  readonly with?: Readonly<Record<string, unknown>>
  /** A previous body whose natural key is taken over. */
  readonly keep?: unknown
  /** The name that a body repeats, where it repeats the one in its path. @default a fresh one */
  readonly name?: string
}

/** Makes the bodies of one lab, with fresh values each time. */
export interface Bodies {
  /** Throws {@link NoBody} when the schema allows none. */
  valid(options?: ValidBodyOptions): unknown
  /** An example as it stands, with a natural key of its own, or that of a previous body. */
  like(example: unknown, keep?: unknown, name?: string): unknown
  /** Each is a valid body, made with the options, but for one place. */
  invalid(options?: ValidBodyOptions): readonly InvalidBody[]
  twoFaults(options?: ValidBodyOptions): TwiceInvalidBody | undefined
  boundary(options?: ValidBodyOptions): readonly BoundaryBody[]
  /** Where one request creates several: the bodies of one item, and the body that holds a list of them. */
  readonly batch?: { readonly items: Bodies; holding(items: readonly unknown[]): unknown }
  /** A fresh name for what a PUT creates. Throws {@link NoBody} when there are too few to be sure that it is free. */
  name(): string
  /** The name that a body repeats from its path. */
  nameIn(body: unknown): string | undefined
  /** A fresh idempotency key. */
  key(): string
  /** A fresh integer between both limits, inclusive. */
  integer(minimum: number, maximum: number): number
  /** A fresh text of exactly this many letters and digits. */
  token(length: number): string
}
