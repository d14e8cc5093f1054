import type { DeclaredRow } from '../../idempotency/store.ts'
import type { SqliteRow, SqliteStatement, SqliteValue } from './driver.ts'
import { isForeignKey, uniqueViolation } from './errors.ts'
import { quoted, readTableFacts, type TableFacts } from './table-facts.ts'

/** What became of one INSERT. */
export type RowInserted =
  | { readonly kind: 'inserted'; readonly row: SqliteRow | undefined }
  | { readonly kind: 'taken'; readonly fields: readonly string[] }
  | { readonly kind: 'orphan'; readonly fields: readonly string[] }

/** Declared rows of one database. */
export interface RowInserter {
  /** Whether the row is known completely before it is inserted; otherwise the database has to be asked for it. */
  isKnown(row: DeclaredRow): boolean
  /** Inserts it through statements that belong to a transaction; the statement undoes itself where a rule is broken. */
  insert(prepare: (sql: string) => SqliteStatement, row: DeclaredRow): RowInserted
}

/** Reads the catalog once for each table, over a connection that sees what is committed. */
export function createRowInserter(read: (sql: string) => SqliteStatement): RowInserter {
  const known = new Map<string, TableFacts>()
  function factsOf(table: string): TableFacts {
    let facts = known.get(table)
    if (facts === undefined) {
      facts = readTableFacts(read, table)
      known.set(table, facts)
    }
    return facts
  }
  const isKnown = ({ table, values }: DeclaredRow): boolean => {
    const { filled, hasTriggers } = factsOf(table)
    return !hasTriggers && filled.every((column) => values[column] !== undefined)
  }
  // Every row of a creation has the same columns.
  const texts = new Map<string, string>()
  function textOf({ name }: TableFacts, columns: readonly string[]): string {
    const shape = `${name}\n${columns.join('\n')}`
    let text = texts.get(shape)
    if (text === undefined) {
      text = `insert into ${name} (${columns.map(quoted)}) values (${columns.map(() => '?')})`
      texts.set(shape, text)
    }
    return text
  }

  return {
    isKnown,
    insert(prepare, row) {
      const facts = factsOf(row.table)
      const columns: string[] = []
      const values: SqliteValue[] = []
      for (const [column, value] of Object.entries(row.values)) {
        if (value === undefined) continue
        columns.push(column)
        values.push(toSqlite(value, column))
      }
      try {
        const { changes, lastInsertRowid } = prepare(textOf(facts, columns)).run(...values)
        // A table may be declared to ignore what breaks its unique rule.
        if (Number(changes) === 0) return { kind: 'taken', fields: [] }
        return { kind: 'inserted', row: isKnown(row) ? undefined : readBack(prepare, facts, row, lastInsertRowid) }
      } catch (error) {
        const taken = uniqueViolation(error)
        if (taken !== undefined) return { kind: 'taken', fields: taken }
        if (isForeignKey(error)) return { kind: 'orphan', fields: orphaned(prepare, facts, row) }
        throw error
      }
    },
  }
}

/** Reads the row as it is kept. RETURNING would show it as it was before the triggers ran. */
function readBack(
  prepare: (sql: string) => SqliteStatement,
  { name, primaryKey }: TableFacts,
  { values }: DeclaredRow,
  rowid: number | bigint,
): SqliteRow | undefined {
  const isKeyGiven = primaryKey.length > 0 && primaryKey.every((column) => values[column] !== undefined)
  if (!isKeyGiven) return prepare(`select * from ${name} where rowid = ?`).get(rowid)
  const where = primaryKey.map((column) => `${quoted(column)} = ?`).join(' and ')
  const key = primaryKey.map((column) => toSqlite(values[column], column))
  return prepare(`select * from ${name} where ${where}`).get(...key)
}

/** SQLite does not say which reference is broken, so each is looked up. */
function orphaned(prepare: (sql: string) => SqliteStatement, facts: TableFacts, { values }: DeclaredRow): string[] {
  return facts.references
    .filter(({ column, table, target }) => {
      const value = values[column]
      if (value === undefined || value === null || target === null) return false
      const sql = `select 1 as found from ${quoted(table)} where ${quoted(target)} = ?`
      return prepare(sql).get(toSqlite(value, column)) === undefined
    })
    .map(({ column }) => column)
}

function toSqlite(value: unknown, column: string): SqliteValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    default:
      if (value === null || value === undefined) return null
      if (value instanceof Date) return value.toISOString()
      if (value instanceof Uint8Array) return value
      throw new TypeError(
        `The column ${column} got a value that SQLite cannot store; write it as text, e.g. with JSON.stringify.`,
      )
  }
}
