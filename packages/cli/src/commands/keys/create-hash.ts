import { createPseudonym } from '@createonce/server/operator'
import { UsageError } from '../../usage-error.ts'
import type { KeysFlags } from './keys-flags.ts'

/** How principals and keys are named without telling them. */
export interface Hash {
  (value: string): string
  /** Whether it is that of the service's log lines; otherwise it is another one in each run. */
  readonly isLogged: boolean
}

/** The hash of the log lines where their secret is known. */
export function createHash({ logSecretEnv }: KeysFlags, environment: NodeJS.ProcessEnv = process.env): Hash {
  if (logSecretEnv === undefined) return Object.assign(createPseudonym(), { isLogged: false })
  const secret = environment[logSecretEnv]
  if (secret === undefined || secret === '') {
    throw new UsageError(
      `--log-secret-env names ${logSecretEnv}, which is not set: it must hold the service's logSecret.`,
    )
  }
  return Object.assign(createPseudonym(secret), { isLogged: true })
}
