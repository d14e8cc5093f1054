import type { Client } from '../http/client.ts'
import type { ApiProcess } from '../start/launch.ts'
import type { Bodies } from './bodies.ts'
import type { Lab } from './lab.ts'
import type { Ledger } from './ledger.ts'
import type { Operation } from './operation.ts'
import type { Principals } from './principals.ts'

/** What a lab is made of. */
export interface LabOptions {
  readonly operation: Operation
  readonly client: Client
  readonly bodies: Bodies
  readonly parents: Readonly<Record<string, string>>
  readonly references: Readonly<Record<string, unknown>>
  readonly ledger: Ledger
  readonly races: number
  readonly concurrency: number
  readonly url: string
  /** The URL of a name, for a PUT. */
  readonly urlOfName?: (name: string) => string
  readonly sleep: (ms: number) => Promise<void>
  readonly power?: ApiProcess
  readonly principals: Principals
  readonly neighbour?: () => Lab | undefined
  readonly hostile: boolean
  /** @default false */
  readonly isRecorded?: boolean
}
