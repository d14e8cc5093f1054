import { isDeepStrictEqual } from 'node:util'
import type { Insertion, ListQuery, Place, Replacement, Row, State, Table } from '../../../src/serve/rows/rows.ts'

interface Kept extends Row {
  readonly table: string
  readonly place: Place
}

/** What served rows are, in the plainest way: a list that is searched from its beginning. */
export class Model {
  readonly #kept: readonly Kept[]

  constructor(kept: readonly Kept[] = []) {
    this.#kept = kept
  }

  /** What an insertion comes to; `made` has the number and the id that the database gave. */
  insert(table: Table, place: Place, id: string | undefined, state: State, made: Row): [Insertion, Model] {
    const sameId = id === undefined ? undefined : this.find(table, place, id)
    if (sameId !== undefined) return [{ kind: 'taken', by: 'id', row: sameId }, this]
    const sameKey = this.#sameKey(table, place, state)
    if (sameKey !== undefined) return [{ kind: 'taken', by: 'natural-key', row: sameKey }, this]
    const row = { id: id ?? made.id, seq: made.seq, state: asJson(state) }
    return [{ kind: 'inserted', row }, new Model([...this.#kept, { ...row, table: table.name, place }])]
  }

  find(table: Table, place: Place, id: string): Row | undefined {
    return rowOf(this.#at(table, place).find((one) => one.id === id))
  }

  replace(table: Table, place: Place, id: string, state: State): [Replacement, Model] {
    const found = this.#at(table, place).find((one) => one.id === id)
    if (found === undefined) return [{ kind: 'missing' }, this]
    const other = this.#sameKey(table, place, state, id)
    if (other !== undefined) return [{ kind: 'taken', row: other }, this]
    const changed = { ...found, state: asJson(state) }
    return [
      { kind: 'replaced', row: rowOf(changed)! },
      new Model(this.#kept.map((one) => (one === found ? changed : one))),
    ]
  }

  remove(table: Table, place: Place, id: string): [boolean, Model] {
    const found = this.#at(table, place).find((one) => one.id === id)
    if (found === undefined) return [false, this]
    const path = [...place.parents, id]
    const isBelow = (one: Kept): boolean =>
      table.below.includes(one.table) &&
      one.place.owner === place.owner &&
      isDeepStrictEqual(one.place.parents.slice(0, path.length), path)
    return [true, new Model(this.#kept.filter((one) => one !== found && !isBelow(one)))]
  }

  list(table: Table, place: Place, { filters, limit, before = Number.POSITIVE_INFINITY, offset = 0 }: ListQuery) {
    const all = this.#at(table, place)
      .filter((one) =>
        filters.every(({ member, value }) =>
          member === 'id' ? one.id === value : Object.hasOwn(one.state, member) && isMeantBy(one.state[member], value),
        ),
      )
      .toSorted((one, other) => other.seq - one.seq)
    const rest = all.filter(({ seq }) => seq < before).slice(offset)
    return { rows: rest.slice(0, limit).map((one) => rowOf(one)!), hasMore: rest.length > limit, total: all.length }
  }

  /** The highest number that a row of the table has. */
  highest(table: Table): number {
    return Math.max(0, ...this.#kept.filter((one) => one.table === table.name).map(({ seq }) => seq))
  }

  #at(table: Table, { owner, parents }: Place): Kept[] {
    return this.#kept.filter(
      (one) => one.table === table.name && one.place.owner === owner && isDeepStrictEqual(one.place.parents, parents),
    )
  }

  #sameKey({ naturalKey, ...table }: Table, place: Place, state: State, butId?: string): Row | undefined {
    const key = keyOf(naturalKey, state)
    if (key === undefined) return undefined
    return rowOf(
      this.#at({ naturalKey, ...table }, place).find(
        (one) => one.id !== butId && isDeepStrictEqual(keyOf(naturalKey, one.state), key),
      ),
    )
  }
}

function keyOf(members: readonly string[], state: State): unknown {
  if (members.length === 0 || !members.every((member) => Object.hasOwn(state, member))) return undefined
  return asJson(members.map((member) => state[member]))
}

function isMeantBy(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text
  if (typeof value === 'number') {
    try {
      return JSON.parse(text) === value
    } catch {
      return false
    }
  }
  return (typeof value === 'boolean' || value === null) && String(value) === text
}

function rowOf(kept: Kept | undefined): Row | undefined {
  return kept && { id: kept.id, seq: kept.seq, state: kept.state }
}

/** What is left of a value that goes through JSON. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
