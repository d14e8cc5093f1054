import type { Surroundings } from '../probe.ts'
import type { Opened } from './create-lender.ts'
import { explainError } from './explain-error.ts'
import { loadFromProject } from './load-from-project.ts'
import { unsetVariable } from './unset-variable.ts'
import { within } from './within.ts'

/** A row as the server writes it: every value as text, since all that is asked for is cast to it. */
export type PostgresRow = Readonly<Record<string, string | null>>

/** One connection to PostgreSQL, by whichever driver. */
export interface PostgresConnection {
  /** Runs one statement. */
  query(text: string): Promise<readonly PostgresRow[]>
}

/** By which the server's lists of connections tell those of this command from others. */
export const APPLICATION_NAME = 'createonce doctor'

interface Client {
  connect(): PromiseLike<unknown>
  query(text: string): PromiseLike<readonly PostgresRow[]>
  end(): PromiseLike<unknown>
}

type PgModule = { readonly Client: new (options: object) => PgClient }
interface PgClient {
  connect(): Promise<void>
  query(text: string): Promise<{ readonly rows: readonly PostgresRow[] }>
  end(): Promise<void>
  on(event: 'error', listener: () => void): void
}
type PostgresJs = (url: string, options: object) => PostgresJsSql
interface PostgresJsSql {
  unsafe(text: string): PromiseLike<readonly PostgresRow[]>
  end(options: { readonly timeout: number }): Promise<void>
}

/** Opens a connection of its own, by the driver that the service has. */
export async function openPostgres(surroundings: Surroundings): Promise<Opened<PostgresConnection>> {
  const unset = unsetVariable(surroundings, 'postgres.url')
  if (unset !== undefined) return unset
  const { url } = surroundings.profile.prerequisites!.postgres!
  const { file, timeoutMs } = surroundings
  try {
    const client = (await byPg(file, url)) ?? (await byPostgresJs(file, url))
    if (client === undefined) {
      return {
        kind: 'unknown',
        seen: 'neither pg nor postgres is installed beside the configuration',
        mend: 'npm install pg',
      }
    }
    // What ends while somebody waits for an answer ends at once, and hurts nobody here.
    const close = () => within(timeoutMs, client.end()).then(ignore, ignore)
    try {
      await within(timeoutMs, client.connect())
    } catch (error) {
      void close()
      throw error
    }
    return { kind: 'open', connection: { query: (text) => within(timeoutMs, client.query(text)) }, close }
  } catch (error) {
    return { kind: 'bad', seen: explainError(error, url) }
  }
}

async function byPg(file: string, url: string): Promise<Client | undefined> {
  const module = (await loadFromProject('pg', file)) as PgModule | undefined
  if (module === undefined) return undefined
  const client = new module.Client({ connectionString: url, application_name: APPLICATION_NAME })
  client.on('error', ignore)
  return {
    connect: () => client.connect(),
    query: async (text) => (await client.query(text)).rows,
    end: () => client.end(),
  }
}

async function byPostgresJs(file: string, url: string): Promise<Client | undefined> {
  const module = (await loadFromProject('postgres', file)) as { readonly default: PostgresJs } | undefined
  if (module === undefined) return undefined
  const connection = { application_name: APPLICATION_NAME }
  const sql = module.default(url, { max: 1, idle_timeout: 0, onnotice: ignore, fetch_types: false, connection })
  return {
    connect: () => sql.unsafe('select 1'),
    query: (text) => sql.unsafe(text),
    end: () => sql.end({ timeout: 1 }),
  }
}

function ignore(): void {}
