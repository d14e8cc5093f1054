import { identifier } from '../literals.ts'
import type { ColumnFacts, ReferenceFacts, TableFacts } from './table-facts.ts'

/** Rows of one table with the same columns: what may share a statement. */
export interface Shape {
  readonly facts: TableFacts
  readonly columns: readonly ColumnFacts[]
  /** Whether the row is known completely before it is sent, and many of them can go as arrays. */
  readonly isBatchable: boolean
  /** The columns whose order batches keep, so that two of them never wait for each other. */
  readonly order: readonly number[]
  /** The references that are looked up before the insert, so that an orphan does not fail its neighbours. */
  readonly references: readonly ReferenceFacts[]
}

/** Finds out how rows with these columns can be inserted. Throws where the table has no such column. */
export function toShape(table: string, facts: TableFacts, names: readonly string[]): Shape {
  const columns = names.map((name) => {
    const column = facts.columns.find((one) => one.name === name)
    if (column === undefined) throw new Error(`The table ${table} has no column ${name}.`)
    return column
  })
  const isGiven = (name: string): boolean => names.includes(name)
  const isKnown = facts.columns.every(({ name, isFilled }) => !isFilled || isGiven(name))
  const hasKey = facts.primaryKey.length > 0 && facts.primaryKey.every(isGiven)
  const key = [...facts.unique, facts.primaryKey].find((unique) => unique.length > 0 && unique.every(isGiven)) ?? []
  return {
    facts,
    columns,
    isBatchable: facts.isPlain && isKnown && hasKey && columns.every(({ isSimple }) => isSimple),
    order: key.map((name) => names.indexOf(name)),
    references: facts.references.filter(({ columns: own, isVisible }) => isVisible && own.every(isGiven)),
  }
}

/** The column list, quoted. */
export function columnList(shape: Shape, alias = ''): string {
  return shape.columns.map(({ name }) => `${alias}${identifier(name)}`).join(', ')
}
