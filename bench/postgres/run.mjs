// Createonce on PostgreSQL (its defaults, on disk) beside the same Fastify handler without protection.
import { besides, interleave, withSides } from '../compare.mjs'
import { uniqueKeys } from '../orders.mjs'
import { say } from '../say.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { PG_TABLES } from '../sides/postgres-tables.mjs'
import { mixed } from './mixed.mjs'

const unique = (connections) => ({ requests: uniqueKeys, connections })

const groups = [
  {
    theirs: 'pg-bare',
    ours: 'pg-declared',
    rows: {
      'declared, 64 connections': unique(64),
      'declared, 16 connections': unique(16),
      'declared, 1 connection': unique(1),
      'declared, 64 connections, 10 % break a foreign key, 10 % race for a natural key': {
        requests: mixed,
        connections: 64,
        // A broken reference is 404 or 400; which one is the author's choice.
        expected: [201, 400, 404, 409],
      },
    },
  },
  {
    theirs: 'pg-own-transaction',
    ours: 'pg-create',
    rows: {
      'create(tx), 1 connection': unique(1),
      'create(tx), 16 connections': unique(16),
      'create(tx), 64 connections': unique(64),
    },
  },
]

/** Runs the benchmark; returns the rows of its table. */
export async function postgres(effort) {
  const server = await startPostgres()
  try {
    const rows = []
    for (const group of groups) rows.push(...(await measure(server, group, effort)))
    return rows
  } finally {
    await server.stop()
  }
}

async function measure(server, { theirs, ours, rows }, effort) {
  const database = await server.createDatabase(PG_TABLES)
  const options = [theirs, ours].map((side) => ({ side, database }))
  return withSides(options, async (sides, load) => {
    const measured = []
    for (const [row, job] of Object.entries(rows)) {
      const results = await interleave(sides, load, job, effort)
      const facts = job.expected && { answers: results.map(answersOf).join(' / ') }
      measured.push({ ...besides(row, results), ...(facts && { facts }) })
      say(`PostgreSQL, ${row}: ${measured.at(-1).figures.ratio.median.toFixed(2)}`)
    }
    return measured
  })
}

/** The answers of all rounds by status: `201 × 8000, 409 × 990`. */
function answersOf(results) {
  const total = {}
  for (const { statuses } of results) {
    for (const [status, count] of Object.entries(statuses)) total[status] = (total[status] ?? 0) + count
  }
  return Object.entries(total)
    .map(([status, count]) => `${status} × ${count}`)
    .join(', ')
}
