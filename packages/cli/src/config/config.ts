import type { GuidelineName } from '@createonce/verifier'

/** How duplicates are answered, as `x-creation` says it. */
export type Duplicates = 'reject' | 'return-existing' | 'allow'

/** Whether a creation takes an Idempotency-Key. */
export type Idempotency = 'off' | 'optional' | 'required'

/** One value for every operation, or one for each: an operationId, or `POST /orders`. */
export type PerOperation<Value> = Value | Readonly<Record<string, Value>>

/**
 * `createonce.config.{ts,mts,js,mjs,json}`: where the same workflow runs.
 *
 * In every text, `${NAME}` stands for an environment variable: credentials are never written into the file.
 */
export interface Config {
  /** The profile that is meant where none is named. @default the only one, or `local` */
  readonly profile?: string
  readonly profiles: Readonly<Record<string, Profile>>
  /** Entries of the runbook that are yours, beside or in place of parts of the built-in ones, by code. */
  readonly runbook?: Readonly<Record<string, RunbookAddition>>
}

/** One environment: its address, its credentials, what may be done there, and what it needs. */
export interface Profile {
  /** Where the API is called: `https://staging.example.com/api`. */
  readonly baseUrl: string
  /** The OpenAPI document, a URL or a file beside the configuration. @default looked for below `baseUrl` */
  readonly document?: string
  /** On every request. A header that carries a credential takes it from the environment. */
  readonly headers?: Readonly<Record<string, string>>
  /** Credentials of a second principal, for checks of isolation. */
  readonly otherHeaders?: Readonly<Record<string, string>>
  /** Whether resources may be created here. @default `yes` on this machine, `ask` elsewhere */
  readonly create?: 'yes' | 'ask' | 'never'
  /** Judge only these: an operationId, or `POST /orders`. */
  readonly operations?: readonly string[]
  readonly checks?: readonly string[]
  readonly skipChecks?: readonly string[]
  /** Checks that must be judged: inconclusive or skipped fails the run. */
  readonly require?: readonly string[]
  readonly guidelines?: GuidelineName
  readonly duplicates?: PerOperation<Duplicates>
  readonly idempotency?: PerOperation<Idempotency>
  /** The natural key, where the document does not say it. */
  readonly unique?: readonly string[]
  /** Required members, where the document does not say so. */
  readonly required?: readonly string[]
  /** Also what looks like an attack. @default false */
  readonly hostile?: boolean
  readonly limits?: Limits
  /** What answers 2xx when the service is ready, below `baseUrl`. @default `/health/ready` */
  readonly ready?: string
  /** The address by which clients reach the API, which Location must be below. @default `baseUrl` */
  readonly publicBaseUrl?: string
  readonly prerequisites?: Prerequisites
}

/** Bounds on what a run may do to the target. */
export interface Limits {
  /** Milliseconds for one request. */
  readonly timeoutMs?: number
  /** Simultaneous requests in a race. */
  readonly races?: number
  /** In the whole run, cleaning up not counted. */
  readonly maxRequests?: number
  readonly requestsPerSecond?: number
}

/** What has to be there before the service starts; `createonce doctor` looks at each. */
export interface Prerequisites {
  /** A range: `>=20.19`. @default what Createonce itself needs */
  readonly node?: string
  readonly environment?: readonly (string | EnvironmentVariable)[]
  readonly files?: readonly FileNeeded[]
  /** Ports of this machine that nobody may listen on yet. */
  readonly freePorts?: readonly number[]
  readonly hosts?: readonly HostNeeded[]
  readonly postgres?: PostgresNeeded
  readonly sqlite?: SqliteNeeded
  readonly redis?: RedisNeeded
}

/** An environment variable that must be there. */
export interface EnvironmentVariable {
  readonly name: string
  /** @default any text that is not empty */
  readonly format?: 'url' | 'postgres-url' | 'redis-url' | 'integer' | 'port' | 'boolean' | 'base64' | 'json'
  /** A regular expression that the whole value must match. */
  readonly pattern?: string
  /** At least this many characters, for secrets. */
  readonly minLength?: number
}

/** A file or folder, relative to the configuration, and what the service does with it. */
export interface FileNeeded {
  readonly path: string
  readonly access: readonly ('read' | 'write' | 'execute')[]
  /** Whether it must be unreadable for other users of the machine, as keys are. @default false */
  readonly private?: boolean
}

/** Another machine that the service calls. */
export interface HostNeeded {
  readonly host: string
  readonly port: number
  /** Whether TLS is spoken there: its certificate is looked at. @default false */
  readonly tls?: boolean
  /** The certificate must be valid for at least so many days. @default 14 */
  readonly certificateDays?: number
}

/** The PostgreSQL database of the store. */
export interface PostgresNeeded {
  /** `${DATABASE_URL}` */
  readonly url: string
  /** The schema of Createonce's tables. @default `createonce` */
  readonly schema?: string
  /** Tables that the service inserts into: the role's privileges are tried on each. */
  readonly tables?: readonly string[]
  /** So many connections must be left for the service. @default 10 */
  readonly connections?: number
}

/** The SQLite database of the store. */
export interface SqliteNeeded {
  readonly file: string
  /** So many megabytes must be free beside it. @default 100 */
  readonly freeMegabytes?: number
}

/** The Redis of the store. */
export interface RedisNeeded {
  /** `${REDIS_URL}` */
  readonly url: string
  /** What a crash means: `block` promises at most once only while Redis keeps what it acknowledged. @default `block` */
  readonly onCrash?: 'block' | 'rerun'
}

/** What the user says of a code of the runbook. */
export interface RunbookAddition {
  /** For a code of your own; the built-in ones have theirs. */
  readonly title?: string
  readonly meaning?: string
  readonly firstResponse?: string
  readonly rollBack?: string
  /** Whom to call when the first response does not mend it, and when. */
  readonly escalation?: string
  /** Links to dashboards and pages of yours. */
  readonly links?: readonly string[]
}

/** Gives a configuration its types; what is wrong with it is told when it is read. */
export function defineConfig(config: Config): Config {
  return config
}
