import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ListQuery, Place, Rows, State, Table } from '../../../src/serve/rows/rows.ts'
import type { Kind } from './databases.ts'
import { Model } from './model.ts'

const tables: readonly Table[] = [
  { name: 'm_shops', ids: 'given', naturalKey: ['a'], below: ['m_orders', 'm_lines'] },
  { name: 'm_orders', ids: 'dealt', naturalKey: [], below: ['m_lines'] },
  { name: 'm_lines', ids: 'given', naturalKey: ['a', 'b.c'], below: [] },
]

// Few of each, so that they meet; odd ones, since clients choose them.
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('x', 'y', '1', '2', '["x"]', 'x","y') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'a\0b', '\uD800', '\uFDD0', '\uFDD00000', '\\u0000', "'", '"', '%', '*'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
)
const member = fc.constantFrom('a', 'b.c', '$', '__proto__', 'quo"te', '\0', '', '7', 'ü\\')
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, 2, '1', true, null, 'x', 2 ** 60, 1.5e-7) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const state: fc.Arbitrary<State> = fc
  .array(fc.tuple(member, value), { maxLength: 4 })
  .map((members) => Object.fromEntries(members))
const where = {
  table: fc.constantFrom(...tables),
  owner: fc.constantFrom('ada', 'bob'),
  parents: fc.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom('x', '1') }, text), { maxLength: 3 }),
}
const filterValue = fc.oneof(fc.constantFrom('1', '2', 'true', 'null', 'x', '1.0', '1e0', String(2 ** 60)), text)

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('insert' as const), ...where, id: text, state }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), ...where, id: text, state }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), ...where, id: text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('find' as const), ...where, id: text }) },
)
const list = fc.record({
  ...where,
  filters: fc.array(fc.record({ member: fc.oneof(member, fc.constant('id')), value: filterValue }), { maxLength: 2 }),
  limit: fc.integer({ min: 1, max: 4 }),
  offset: fc.integer({ min: 0, max: 2 }),
  before: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
})
const transaction = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), isUndone: fc.boolean() })

/** Random transactions on random places, against the model: each answer, and afterwards whatever can be listed. */
export function describeModel({ make }: Kind, runs: number): void {
  it('do whatever happens to them as a plain list in memory does', async () => {
    const database = await make()
    const rows = await database.open(tables)
    let run = 0
    const property = fc.asyncProperty(
      fc.array(transaction, { minLength: 3, maxLength: 8 }),
      fc.array(list, { minLength: 5, maxLength: 15 }),
      async (transactions, lists) => {
        // Another owner is another world, so that one database is enough.
        run += 1
        const at = ({ owner, parents }: Place): Place => ({ owner: `${owner} ${run}`, parents })
        let model = new Model()
        for (const { steps, isUndone } of transactions) model = await tried(rows, model, steps, isUndone, at)
        for (const { table, owner, parents, before, ...query } of lists) {
          const place = at({ owner, parents })
          const asked: ListQuery = {
            ...query,
            ...(before !== undefined && { before: model.highest(table) - before }),
          }
          expect(await rows.list(table, place, asked)).toEqual(model.list(table, place, asked))
          for (const { value: id } of query.filters) {
            expect(await rows.read(table, place, id)).toEqual(model.find(table, place, id))
          }
        }
      },
    )
    await fc.assert(property, { numRuns: runs })
    await database.end()
  })
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

class Undone extends Error {}

async function tried(
  rows: Rows<unknown>,
  before: Model,
  steps: readonly Step[],
  isUndone: boolean,
  at: (place: Place) => Place,
): Promise<Model> {
  const working = rows.write(async (tx) => {
    let model = before
    for (const one of steps) model = await taken(rows, tx, model, one, at(one))
    if (isUndone) throw new Undone()
    return model
  })
  if (!isUndone) return working
  await expect(working).rejects.toThrow(Undone)
  return before
}

async function taken(rows: Rows<unknown>, tx: unknown, model: Model, one: Step, place: Place): Promise<Model> {
  const { table } = one
  switch (one.kind) {
    case 'find':
      expect(await rows.find(tx, table, place, one.id)).toEqual(model.find(table, place, one.id))
      return model
    case 'insert': {
      const id = table.ids === 'given' ? one.id : undefined
      const made = await rows.insert(tx, table, place, { ...(id !== undefined && { id }), state: one.state })
      const [expected, next] = model.insert(table, place, id, one.state, made.row)
      expect(asRead(made)).toEqual(expected)
      if (made.kind === 'inserted') {
        expect(made.row.seq).toBeGreaterThan(model.highest(table))
        if (id === undefined) expect(made.row.id).toBe(String(made.row.seq))
      }
      return next
    }
    case 'replace': {
      const [expected, next] = model.replace(table, place, one.id, one.state)
      expect(asRead(await rows.replace(tx, table, place, one.id, one.state))).toEqual(expected)
      return next
    }
    case 'remove': {
      const [expected, next] = model.remove(table, place, one.id)
      expect(await rows.remove(tx, table, place, one.id)).toBe(expected)
      return next
    }
  }
}

/** What was given comes back as it was given, and JSON has no -0. */
function asRead<T>(answer: T): T {
  return JSON.parse(JSON.stringify(answer)) as T
}
