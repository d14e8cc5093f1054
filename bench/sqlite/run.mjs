// Createonce on SQLite (WAL) beside the same Fastify handler with one prepared INSERT, at the same durability.
import { join } from 'node:path'
import { besides, interleave, withSides } from '../compare.mjs'
import { inFolder } from '../in-folder.mjs'
import { uniqueKeys } from '../orders.mjs'
import { say } from '../say.mjs'

const groups = [
  {
    ours: 'sqlite-declared',
    rows: { 'FULL, declared, 64 connections': 64, 'FULL, declared, 1 connection': 1 },
  },
  { ours: 'sqlite-create', rows: { 'FULL, create(tx), 64 connections': 64 } },
  { ours: 'sqlite-declared', durability: 'normal', rows: { 'NORMAL, declared, 64 connections': 64 } },
]

/** Runs the benchmark; returns the rows of its table. */
export async function sqlite(effort) {
  const rows = []
  for (const group of groups) rows.push(...(await inFolder((folder) => measure(folder, group, effort))))
  return rows
}

function measure(folder, { ours, durability, rows }, effort) {
  const asked = durability === undefined ? {} : { durability }
  const options = [
    { side: 'sqlite-bare', file: join(folder, 'bare.db'), ...asked },
    { side: ours, file: join(folder, 'ours.db'), ...asked },
  ]
  return withSides(options, async (sides, load) => {
    const measured = []
    for (const [row, connections] of Object.entries(rows)) {
      const results = await interleave(sides, load, { requests: uniqueKeys, connections, spin: true }, effort)
      const [theirs, own] = sides.map(({ facts }) => facts.durability)
      measured.push({ ...besides(row, results), facts: { durability: theirs === own ? own : `${theirs} / ${own}` } })
      say(`SQLite, ${row}: ${measured.at(-1).figures.ratio.median.toFixed(2)}`)
    }
    return measured
  })
}
