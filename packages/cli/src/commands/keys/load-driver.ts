import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../../usage-error.ts'

/** A driver, by its package's name. */
export interface LoadedDriver<Name extends string> {
  readonly name: Name
  readonly module: object
}

/** Loads the first driver that the user's folder has: the one that the service uses. */
export async function loadDriver<Name extends string>(
  what: string,
  names: readonly Name[],
  folder: string = process.cwd(),
): Promise<LoadedDriver<Name>> {
  const { resolve } = createRequire(join(folder, 'package.json'))
  for (const name of names) {
    let path: string
    try {
      path = resolve(name)
    } catch {
      continue
    }
    return { name, module: (await import(pathToFileURL(path).href)) as object }
  }
  throw new UsageError(
    `${what} needs a driver, and neither ${names.join(' nor ')} is installed in ${folder}. Run this in the folder of the service, or: npm install ${names[0]}`,
  )
}
