import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../usage-error.ts'

/** What of a package.json is of use here. */
export interface Manifest {
  readonly type: string | undefined
  readonly main: string | undefined
  readonly packageManager: string | undefined
  readonly scripts: Readonly<Record<string, string>>
  /** The names of the packages that it depends on, in whatever way. */
  readonly packages: ReadonlySet<string>
}

/** Reads the package.json of a folder; undefined where there is none. Throws {@link UsageError} where it is no JSON object. */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  const found = toObject(parse(file))
  if (found === undefined) throw new UsageError('package.json is not a JSON object.')
  const scripts = Object.entries(toObject(found['scripts']) ?? {})
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  return {
    type: toText(found['type']),
    main: toText(found['main']),
    packageManager: toText(found['packageManager']),
    scripts: Object.fromEntries(scripts.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    packages: new Set(kinds.flatMap((kind) => Object.keys(toObject(found[kind]) ?? {}))),
  }
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`package.json cannot be read: ${(error as Error).message}`)
  }
}

function toObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
