import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../usage-error.ts'

/**
 * The default export of a module of the user's own. Throws {@link UsageError} for one that is not there, cannot be
 * loaded, or has none; `option` is what named it.
 */
export async function importDefault(path: string, option: string): Promise<unknown> {
  const file = resolve(path)
  if (!existsSync(file)) throw new UsageError(`${option} ${path}: there is no such file.`)
  let loaded: { readonly default?: unknown }
  try {
    loaded = await import(pathToFileURL(file).href)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      throw new UsageError(
        `${option} ${path}: this Node (${process.version}) cannot load it. TypeScript is loaded by Node 22.18 and later; elsewhere write a .js or .mjs file.`,
      )
    }
    throw new UsageError(`${option} ${path} cannot be loaded: ${String(error)}`)
  }
  if (loaded.default === undefined) throw new UsageError(`${option} ${path} has no default export.`)
  return loaded.default
}
