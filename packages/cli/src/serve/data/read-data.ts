import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { UsageError } from '../../usage-error.ts'

/** Resources that a service begins with: for a collection's path, such as `/users` or `/users/1/orders`, the bodies that create them. */
export type InitialData = readonly { readonly path: string; readonly items: readonly unknown[] }[]

const FORM = 'Write one object (JSON or YAML) with a list for each collection: { "/users": [{ "name": "Ada" }] }.'

/** Reads `--data FILE`. Throws a UsageError that says what is wrong with it. */
export async function readData(file: string): Promise<InitialData> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`The data ${file} cannot be read: ${error.code ?? error.message}.`)
  })
  const value = parsed(file, text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`The data ${file} is no object. ${FORM}`)
  return Object.entries(value).map(([name, items]: [string, unknown]) => {
    if (!Array.isArray(items)) throw new UsageError(`In the data ${file}, ${JSON.stringify(name)} is no list. ${FORM}`)
    return { path: name.startsWith('/') ? name : `/${name}`, items }
  })
}

function parsed(file: string, text: string): unknown {
  try {
    // YAML 1.2 has JSON in it, but reads it slowly.
    return /^\s*[{[]/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: 100 })
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n')
    throw new UsageError(`The data ${file} is neither JSON nor YAML: ${first}`)
  }
}
