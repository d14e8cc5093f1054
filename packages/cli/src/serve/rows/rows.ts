import type { Observer, Store } from '@createonce/server'

/** A JSON object, as it is kept. */
export type State = { readonly [member: string]: unknown }

/** At once where the database answers at once (SQLite), later where it is asked over a connection. */
export type MaybePromise<T> = T | Promise<T>

/** What the database has to know of the resources of one collection. */
export interface Table {
  /** Safe to be quoted into SQL: letters, digits and underscores, at most 60. */
  readonly name: string
  /** `dealt`: the database counts, from 1; `given`: whoever inserts gives the id. */
  readonly ids: 'dealt' | 'given'
  /** The members that make two resources of one place the same one; empty where nothing does. */
  readonly naturalKey: readonly string[]
  /** The tables of what lies below a resource of this one, at any depth: deleted with it. */
  readonly below: readonly string[]
}

/** Where resources lie: whose they are, and below which parents. Nothing is seen from another place. */
export interface Place {
  /** The principal; empty where nobody has to say who they are. */
  readonly owner: string
  /** The ids of the parents, outermost first. */
  readonly parents: readonly string[]
}

/** One resource, as it is kept. */
export interface Row {
  readonly id: string
  /** Grows with each one that is made in the table; the order of lists. */
  readonly seq: number
  /** Without the id. */
  readonly state: State
}

/**
 * What a row is looked for inside a transaction: `change`, so that nobody else changes it, or `refer`, so that nobody
 * deletes it. Any number of transactions may refer to one row at once, also while another one changes it.
 */
export type Use = 'change' | 'refer'

/** What became of an insertion. */
export type Insertion =
  | { readonly kind: 'inserted'; readonly row: Row }
  /** Another one has the id or the natural key. */
  | { readonly kind: 'taken'; readonly by: 'id' | 'natural-key'; readonly row: Row }

/** What became of a replacement. */
export type Replacement =
  | { readonly kind: 'replaced'; readonly row: Row }
  | { readonly kind: 'taken'; readonly row: Row }
  | { readonly kind: 'missing' }

/** Which resources of a place are asked for. */
export interface ListQuery {
  /** Members of the state, or `id`, that have to be equal to a value; compared as the text of a URL is: `5` is 5 and "5", `true` is true. */
  readonly filters: readonly { readonly member: string; readonly value: string }[]
  /** At most so many. */
  readonly limit: number
  /** Only those made before this one (`seq`), the newest first. */
  readonly before?: number
  /** Leaves out so many. @default 0 */
  readonly offset?: number
}

/** A page of a list, the newest first. */
export interface Page {
  readonly rows: readonly Row[]
  /** Whether there are more behind the last one. */
  readonly hasMore: boolean
  /** How many there are in all, on all pages. */
  readonly total: number
}

/**
 * Resources in a database, beside the records of keys: what is done with a `tx` is committed together with the record.
 */
export interface Rows<Tx> {
  readonly store: Store<Tx>
  /** For people: where the data is, without a password. */
  readonly where: string

  /** Throws InputRefusedError for an id that is too long to be found by. */
  insert(
    tx: Tx,
    table: Table,
    place: Place,
    row: { readonly id?: string; readonly state: State },
  ): MaybePromise<Insertion>
  /** Locks the row until the transaction ends, by default so that it can be changed. */
  find(tx: Tx, table: Table, place: Place, id: string, use?: Use): MaybePromise<Row | undefined>
  replace(tx: Tx, table: Table, place: Place, id: string, state: State): MaybePromise<Replacement>
  /** Deletes it with what lies below; tells whether it was there. */
  remove(tx: Tx, table: Table, place: Place, id: string): MaybePromise<boolean>

  /** A transaction: commits what `work` did, or nothing if it throws. */
  write<T>(work: (tx: Tx) => MaybePromise<T>): Promise<T>

  /** What is committed. */
  read(table: Table, place: Place, id: string): MaybePromise<Row | undefined>
  list(table: Table, place: Place, query: ListQuery): MaybePromise<Page>

  /** Asks the database something; rejects where it does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

/** What is known of the surroundings of a database that is opened. */
export interface RowsOptions {
  /** Watches the store: group commits, retries, purges. */
  readonly observe?: Observer
}
