import type { PostgresServer } from '../../../../server/test/stores/postgres-server.ts'
import { temporaryFile } from '../../../../server/test/stores/temporary-file.ts'
import { openRows } from '../../../src/serve/rows/open-rows.ts'
import type { Rows, Table } from '../../../src/serve/rows/rows.ts'

/** A database that is opened as often as a test wants, as processes of their own would. */
export interface Database {
  open(tables: readonly Table[]): Promise<Rows<unknown>>
  /** Closes what was opened, and removes it. */
  end(): Promise<void>
}

/** One kind of database, an empty one for each test. */
export interface Kind {
  readonly name: string
  make(): Promise<Database>
}

/** What `openRows` opens; with `memory:` each opening is another database. */
export function kindsOf(server: () => PostgresServer): {
  readonly lasting: readonly Kind[]
  readonly all: readonly Kind[]
} {
  const sqlite: Kind = {
    name: 'SQLite',
    async make() {
      const { file, remove } = await temporaryFile()
      return opening(`sqlite:${file}`, remove)
    },
  }
  const memory: Kind = { name: 'memory', make: async () => opening('memory:', async () => {}) }
  const postgres: Kind = {
    name: 'PostgreSQL',
    make: async () => opening(postgresUrl(server(), await server().createDatabase('select 1')), async () => {}),
  }
  return { lasting: [sqlite, postgres], all: [sqlite, memory, postgres] }
}

/** The URL of a database. */
export function postgresUrl(server: PostgresServer, name: string): string {
  const { host, port, user, password, database } = server.config(name)
  return `postgres://${user}:${password}@${host}:${port}/${database}`
}

function opening(text: string, remove: () => Promise<void>): Database {
  const opened: Rows<unknown>[] = []
  return {
    async open(tables) {
      const rows = await openRows(text, tables)
      opened.push(rows)
      return rows
    },
    async end() {
      for (const rows of opened) await rows.close()
      await remove()
    },
  }
}
