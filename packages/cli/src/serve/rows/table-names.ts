import type { Table } from './rows.ts'

/** The table that remembers what each table is kept by. */
export const SERVED = 'createonce_served'

/** A table and its indexes and counter, quoted. All of them share one space of names in PostgreSQL; `#` is in no other. */
export interface TableNames {
  readonly table: string
  readonly byId: string
  readonly byKey: string
  readonly bySeq: string
  readonly counter: string
}

/** The names that belong to a table; throws for one that could not be quoted into SQL safely. */
export function tableNames({ name }: Pick<Table, 'name'>): TableNames {
  if (!/^[A-Za-z0-9_]{1,60}$/.test(name) || name === SERVED) {
    throw new TypeError(`A served table has 1 to 60 letters, digits and underscores; seen: ${JSON.stringify(name)}.`)
  }
  const named = (ending: string): string => `"${name}${ending}"`
  return { table: named(''), byId: named('#i'), byKey: named('#k'), bySeq: named('#s'), counter: named('#n') }
}
