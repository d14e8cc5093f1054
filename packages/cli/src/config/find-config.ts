import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The names of the configuration; the first that is there is read. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `createonce.config.${ending}`)

/** The configuration of a folder, or of the nearest folder above it that has one. */
export function findConfig(folder: string): string | undefined {
  const found = configNames.map((name) => join(folder, name)).find((file) => existsSync(file))
  if (found !== undefined) return found
  const above = dirname(folder)
  return above === folder ? undefined : findConfig(above)
}
