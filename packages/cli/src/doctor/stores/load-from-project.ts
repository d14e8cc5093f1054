import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * A package as the user's service has it: looked for from the folder of the configuration, then from this command's own;
 * nothing where it is in neither.
 */
export async function loadFromProject(name: string, configFile: string): Promise<Record<string, unknown> | undefined> {
  const path = resolveFrom(configFile, name) ?? resolveFrom(import.meta.url, name)
  if (path === undefined) return undefined
  const module = (await import(pathToFileURL(path).href)) as { readonly default?: object }
  // The members of a CommonJS module are seen by name only where the reader of its source found them.
  return { ...module.default, ...module }
}

function resolveFrom(place: string, name: string): string | undefined {
  try {
    return createRequire(place).resolve(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
