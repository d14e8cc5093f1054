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

/** Committed tables, and transactions over them that write on the side until they are applied. */
export interface MemoryTables {
  begin(): MemoryTransaction & { apply(): void; end(): void; mark(): () => void }
  readonly committed: Pick<MemoryTransaction, 'get' | 'all'>
}

type Change = { readonly table: string; readonly id: string; readonly row: MemoryRow | undefined }

/** Makes empty tables. Readers of `committed` never see what a transaction has not applied. */
export function createMemoryTables(): MemoryTables {
  const tables = new Map<string, Map<string, MemoryRow>>()
  const tableOf = (name: string): Map<string, MemoryRow> => {
    let table = tables.get(name)
    if (table === undefined) {
      table = new Map()
      tables.set(name, table)
    }
    return table
  }
  const committed = {
    get: (table: string, id: string) => tables.get(table)?.get(id),
    all: (table: string) => [...(tables.get(table)?.values() ?? [])],
  }

  function begin(): ReturnType<MemoryTables['begin']> {
    let changes: Change[] = []
    let open = true
    const live = <T>(step: () => T): T => {
      if (!open) throw new Error('This transaction has ended: await everything before create() returns.')
      return step()
    }
    const rows = (table: string): Map<string, MemoryRow> => {
      const seen = new Map(tables.get(table))
      for (const change of changes) {
        if (change.table !== table) continue
        if (change.row === undefined) seen.delete(change.id)
        else seen.set(change.id, change.row)
      }
      return seen
    }
    return {
      get: (table, id) => live(() => rows(table).get(id)),
      all: (table) => live(() => [...rows(table).values()]),
      insert: (table, id, row, unique) =>
        live(() => {
          const seen = rows(table)
          if (seen.has(id)) throw new UniqueViolationError(table, ['id'])
          const isTaken =
            unique !== undefined &&
            [...seen.values()].some((other) => unique.every((name) => other[name] === row[name]))
          if (isTaken) throw new UniqueViolationError(table, unique)
          changes.push({ table, id, row })
        }),
      delete: (table, id) => live(() => void changes.push({ table, id, row: undefined })),
      mark() {
        const kept = changes.length
        return () => {
          changes = changes.slice(0, kept)
        }
      },
      apply() {
        for (const { table, id, row } of changes) {
          if (row === undefined) tableOf(table).delete(id)
          else tableOf(table).set(id, row)
        }
      },
      end() {
        open = false
      },
    }
  }
  return { begin, committed }
}
