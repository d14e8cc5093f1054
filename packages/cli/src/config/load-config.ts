import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { UsageError } from '../usage-error.ts'
import type { Config } from './config.ts'
import { configSchema } from './config-schema.ts'
import { explainIssues } from './explain-issues.ts'
import { configNames, findConfig } from './find-config.ts'

/** A configuration, and where it stands: what is relative in it is relative to its folder. */
export interface LoadedConfig {
  readonly config: Config
  readonly file: string
}

/** Reads the configuration of a folder; throws {@link UsageError}, which says everything that is wrong with it. */
export async function loadConfig(folder: string = process.cwd()): Promise<LoadedConfig> {
  const file = findConfig(folder)
  if (file === undefined) {
    throw new UsageError(
      `There is no ${configNames[0]} (or ${configNames.slice(1).join(', ')}) here or in a folder above. \`createonce init\` writes one.`,
    )
  }
  const given = await read(file)
  const parsed = configSchema.safeParse(given)
  if (parsed.success) return { config: parsed.data as Config, file }
  const lines = explainIssues(parsed.error.issues, given, memberNames(z.toJSONSchema(configSchema)))
  throw new UsageError(`${basename(file)} is not right:\n${lines.map((line) => `  ${line}`).join('\n')}`)
}

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8'))
    const module = (await (/\.m?ts$/.test(file) ? importTypeScript(file) : import(pathToFileURL(file).href))) as object
    if ('default' in module) return module.default
  } catch (error) {
    throw new UsageError(`${basename(file)} cannot be read: ${(error as Error).message}`)
  }
  throw new UsageError(`${basename(file)} has no default export; write \`export default defineConfig({ … })\`.`)
}

// Node reads TypeScript from 22.18 on; jiti does it on every version, and leaves no file behind.
async function importTypeScript(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url, { fsCache: false, moduleCache: false }).import(file)
}

/** The names of all members that a schema knows, at any depth. */
function memberNames(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(memberNames)
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, ...rest } = schema as { readonly properties?: object }
  return [...Object.keys(properties ?? {}), ...Object.values({ ...rest, ...properties }).flatMap(memberNames)]
}
