import { UniqueViolationError } from './unique-violation-error.ts'

/** A row of the memory store: plain data. */
export type MemoryRow = Readonly<Record<string, unknown>>

/** The author's handle on the memory store's tables inside one transaction. */
export interface MemoryTransaction {
  get(table: string, id: string): MemoryRow | undefined
  all(table: string): MemoryRow[]
  /** Adds a row; throws {@link UniqueViolationError} if the id, or the values of `unique` together, are taken. */
  insert(table: string, id: string, row: MemoryRow, unique?: readonly string[]): void
  delete(table: string, id: string): void
}

/** A transaction as the store holds it. */
export interface OpenMemoryTransaction extends MemoryTransaction {
  /** Puts what was changed into the tables. */
  apply(): void
  /** Refuses everything from here on. */
  end(): void
  /** Returns how to undo what comes after. */
  mark(): () => void
}

/** Committed tables, and transactions over them that write on the side until they are applied. */
export interface MemoryTables {
  begin(): OpenMemoryTransaction
  readonly committed: Pick<MemoryTransaction, 'get' | 'all'>
}

type Tables = Map<string, Map<string, MemoryRow>>
type Change = { readonly table: string; readonly id: string; readonly row: MemoryRow | undefined }

/** Makes empty tables. Readers of `committed` never see what a transaction has not applied. */
export function createMemoryTables(): MemoryTables {
  const tables: Tables = new Map()
  return {
    begin: () => new Transaction(tables),
    committed: {
      get: (table, id) => tables.get(table)?.get(id),
      all: (table) => [...(tables.get(table)?.values() ?? [])],
    },
  }
}

/** A class, since one is made for each creation, and most of them never call a method. */
class Transaction implements OpenMemoryTransaction {
  readonly #tables: Tables
  #changes: Change[] = []
  #isOpen = true

  constructor(tables: Tables) {
    this.#tables = tables
  }

  get(table: string, id: string): MemoryRow | undefined {
    this.#live()
    const changed = this.#changes.findLast((change) => change.table === table && change.id === id)
    return changed === undefined ? this.#tables.get(table)?.get(id) : changed.row
  }

  all(table: string): MemoryRow[] {
    this.#live()
    const seen = new Map(this.#tables.get(table))
    for (const change of this.#changes) if (change.table === table) put(seen, change)
    return [...seen.values()]
  }

  insert(table: string, id: string, row: MemoryRow, unique?: readonly string[]): void {
    if (this.get(table, id) !== undefined) throw new UniqueViolationError(table, ['id'])
    if (unique !== undefined && this.all(table).some((other) => unique.every((name) => other[name] === row[name]))) {
      throw new UniqueViolationError(table, unique)
    }
    this.#changes.push({ table, id, row })
  }

  delete(table: string, id: string): void {
    this.#live()
    this.#changes.push({ table, id, row: undefined })
  }

  mark(): () => void {
    const kept = this.#changes.length
    return () => {
      this.#changes = this.#changes.slice(0, kept)
    }
  }

  apply(): void {
    for (const change of this.#changes) {
      let table = this.#tables.get(change.table)
      if (table === undefined) {
        table = new Map()
        this.#tables.set(change.table, table)
      }
      put(table, change)
    }
  }

  end(): void {
    this.#isOpen = false
  }

  #live(): void {
    if (!this.#isOpen) throw new Error('This transaction has ended: await everything before create() returns.')
  }
}

function put(table: Map<string, MemoryRow>, { id, row }: Change): void {
  if (row === undefined) table.delete(id)
  else table.set(id, row)
}
