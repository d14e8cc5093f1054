import type { KeyState } from '@createonce/server/operator'

/** The options of `createonce keys`, as they were given. */
export interface KeysFlags {
  readonly store?: string
  readonly profile?: string
  readonly schema?: string
  readonly prefix?: string
  readonly operation?: string
  readonly principal?: string
  readonly state?: KeyState
  readonly olderThan?: number
  readonly limit?: number
  readonly hash?: string
  readonly logSecretEnv?: string
  readonly clear?: boolean
  readonly json?: boolean
  readonly yes?: boolean
  readonly audit?: string
}

/** What `createonce keys` can do. */
export const keysActions = ['list', 'show', 'release', 'purge'] as const

export type KeysAction = (typeof keysActions)[number]

const NAMING = ['operation', 'principal', 'hash']
const EVERYWHERE = ['store', 'profile', 'schema', 'prefix', 'logSecretEnv', 'json']

/** Which options mean something to which action; another one is wrong usage, since nothing may be silently ignored. */
export const meaningful: Readonly<Record<KeysAction, readonly string[]>> = {
  list: [...EVERYWHERE, 'operation', 'principal', 'state', 'olderThan', 'limit', 'clear'],
  show: [...EVERYWHERE, ...NAMING, 'clear'],
  release: [...EVERYWHERE, ...NAMING, 'yes', 'audit'],
  purge: [...EVERYWHERE, 'principal', 'limit', 'yes', 'audit'],
}
