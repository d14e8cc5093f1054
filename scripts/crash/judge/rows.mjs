import { groupBy } from './group-by.mjs'

/**
 * What must hold in the tables after everything: sentences, each with what speaks against it.
 *
 * @param keys what became of every key; @param rows by table.
 */
export function judgeRows(keys, { orders, named }) {
  const plain = keys.filter(({ path }) => !path.startsWith('/named/'))
  const natural = keys.filter(({ path }) => path.startsWith('/named/'))
  const byItem = groupBy(orders, ({ item }) => item)
  const byName = groupBy(named, ({ name }) => name)
  const keysByItem = groupBy(plain, ({ item }) => item)
  const keysByName = groupBy(natural, ({ item }) => item)

  return [
    {
      sentence: `${plain.length} keys have one row each, which is what they were told`,
      wrong: plain.filter((key) => {
        const rows = byItem.get(key.item) ?? []
        return rows.length !== 1 || key.status !== 201 || !tellsOf(key, rows[0], 'orders')
      }),
    },
    {
      sentence: `${orders.length} rows have one key each`,
      wrong: orders.filter(({ item }) => keysByItem.get(item)?.length !== 1),
    },
    {
      sentence: `${keysByName.size} natural keys, for which ${natural.length} keys raced, have one row each, created by one of them`,
      wrong: [...keysByName].filter(([name, racing]) => {
        const rows = byName.get(name) ?? []
        return rows.length !== 1 || racing.filter(({ status }) => status === 201).length !== 1
      }),
    },
    {
      sentence: 'all that raced for a natural key were told of its one row',
      wrong: natural.filter((key) => !tellsOf(key, byName.get(key.item)?.[0], 'named')),
    },
    {
      sentence: `${named.length} rows with a natural key were asked for by somebody`,
      wrong: named.filter(({ name }) => !keysByName.has(name)),
    },
  ]
}

function tellsOf({ body, location }, row, table) {
  return row !== undefined && location === `/${table}/${row.id}` && isSame(JSON.parse(body), row)
}

function isSame(told, row) {
  const names = Object.keys(row)
  return Object.keys(told).length === names.length && names.every((name) => told[name] === row[name])
}
