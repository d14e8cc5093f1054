import * as verifier from '@createonce/verifier'
import { type Check, defineCheck, InvalidCheck } from '@createonce/verifier'
import { UsageError } from '../../usage-error.ts'
import { importDefault } from './import-default.ts'

/** Tells a file of checks from the id of one. */
export function isCheckFile(name: string): boolean {
  return /^\.{0,2}[\\/]|^[A-Za-z]:[\\/]|\.[cm]?[jt]s$/.test(name)
}

/**
 * The checks of the user's own that the files have as their default export: one, several, or a function that is given
 * `@createonce/verifier` and returns them. Throws {@link UsageError} for a file that has none.
 */
export async function loadChecks(files: readonly string[]): Promise<readonly Check[]> {
  const all: Check[] = []
  for (const file of files) {
    const exported = await importDefault(file, '--check')
    try {
      const given: unknown = typeof exported === 'function' ? await exported(verifier) : exported
      for (const one of [given].flat()) all.push(defineCheck(one as Check))
    } catch (error) {
      throw new UsageError(`--check ${file}: ${error instanceof InvalidCheck ? error.message : String(error)}`)
    }
  }
  const ids = all.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined)
    throw new UsageError(`--check: two checks have the id ${twice}. Give one of them another one.`)
  return all
}
