// Createonce on a database beside the same Fastify handler with a bare INSERT, same database, same durability.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../postgres.mjs'
import { compare } from './compare.mjs'
import { PG_TABLES } from './sides.mjs'

const BODY = '{"item":"tea, green, 100 g","quantity":2}'
const UNIQUE = { body: BODY, key: '{id}' }

/** PostgreSQL with its defaults, on disk. */
export async function postgres(options) {
  const server = await startPostgres()
  const rows = []
  const beside = async (name, goal, theirs, ours, load, expected) => {
    const database = await server.createDatabase(PG_TABLES)
    const row = await compare(
      { name, goal, theirs: { side: theirs, database }, ours: { side: ours, database }, load, expected },
      options,
    )
    console.error(`${row.case}: ${row.ratio}`)
    rows.push(row)
  }
  try {
    await beside('PostgreSQL, declared, 64 connections', '≥ 3.0', 'pg-bare', 'pg-declared', {
      ...UNIQUE,
      connections: 64,
    })
    await beside('PostgreSQL, declared, 16 connections', '≥ 1.5', 'pg-bare', 'pg-declared', {
      ...UNIQUE,
      connections: 16,
    })
    await beside('PostgreSQL, declared, 1 connection', '≥ 0.9', 'pg-bare', 'pg-declared', { ...UNIQUE, connections: 1 })
    for (const connections of [1, 16, 64]) {
      await beside(`PostgreSQL, create(tx), ${connections}`, '≥ 0.9', 'pg-own-transaction', 'pg-create', {
        ...UNIQUE,
        connections,
      })
    }
  } finally {
    await server.stop()
  }
  return rows
}

/** SQLite, WAL. */
export async function sqlite(options) {
  const rows = []
  const beside = async (name, goal, ours, connections, synchronous = 'full') => {
    const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'createonce-bench-'))
    try {
      const row = await compare(
        {
          name,
          goal,
          theirs: { side: 'sqlite-bare', file: join(folder, 'bare.db'), synchronous },
          ours: { side: ours, file: join(folder, 'ours.db') },
          load: { ...UNIQUE, connections },
        },
        options,
      )
      console.error(`${row.case}: ${row.ratio}`)
      rows.push(row)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  await beside('SQLite FULL, declared, 64 connections', '≥ 4.0, p99 ≤ 0.5', 'sqlite-declared', 64)
  await beside('SQLite FULL, create(tx), 64 connections', '≥ 4.0, p99 ≤ 0.5', 'sqlite-create', 64)
  await beside('SQLite FULL, declared, 1 connection', '≥ 0.95', 'sqlite-declared', 1)
  return rows
}

/** Replays beside a constant answer. */
export async function replay(options) {
  const row = await compare(
    {
      name: 'replay of a completed key',
      goal: '≥ 0.95',
      theirs: { side: 'constant' },
      ours: { side: 'memory' },
      load: { body: BODY, key: 'always-the-same', connections: 64 },
    },
    options,
  )
  return [row]
}
