import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../usage-error.ts'
import { findHealthPaths } from './find-health-paths.ts'
import { frameworks } from './frameworks.ts'
import { type PackageManager, packageManagers } from './package-managers.ts'
import type { Project } from './project.ts'
import { type Manifest, readManifest } from './read-manifest.ts'

/** What the command line says of the project; it outranks what is found. */
export interface ProjectHints {
  readonly baseUrl?: string
  readonly start?: string
}

const EMPTY: Manifest = {
  type: undefined,
  main: undefined,
  packageManager: undefined,
  scripts: {},
  packages: new Set(),
}
const DOCUMENTS = ['', 'docs/', 'api/', 'spec/'].flatMap((folder) =>
  ['openapi', 'swagger'].flatMap((name) => ['yaml', 'yml', 'json'].map((ending) => `${folder}${name}.${ending}`)),
)

/** Finds out what a folder is, from its package.json and what lies beside it. Nothing of it is run. */
export function detectProject(folder: string, hints: ProjectHints): Project {
  const found = readManifest(folder)
  const manifest = found ?? EMPTY
  const { packages, scripts } = manifest
  const has = (path: string): boolean => existsSync(join(folder, path))
  const repository = repositoryOf(folder)
  const { manager, isLocked } = packageManagerOf(folder, repository, manifest)
  const framework = frameworks.find((one) => packages.has(one.package))
  const start = hints.start ?? startOf(manifest, manager)
  return {
    folder,
    repository,
    hasManifest: found !== undefined,
    packageManager: manager,
    hasLockFile: isLocked,
    framework: framework?.name,
    isTypeScript: packages.has('typescript') || has('tsconfig.json'),
    isModule: manifest.type === 'module',
    testRunner: packages.has('vitest') ? 'vitest' : packages.has('jest') ? 'jest' : 'node:test',
    hasJestTypes: packages.has('@types/jest'),
    testFolder: ['test', 'tests', '__tests__', 'spec'].find(has) ?? 'test',
    hasBuildScript: Object.hasOwn(scripts, 'build'),
    start,
    baseUrl: hints.baseUrl === undefined ? guessBaseUrl(scripts['start'], framework?.port) : checked(hints.baseUrl),
    document: DOCUMENTS.find(has),
    ...findHealthPaths(folder),
    hasCreateonce: packages.has('createonce'),
  }
}

function repositoryOf(folder: string): string {
  for (let above = folder; ; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return above
    if (dirname(above) === above) return folder
  }
}

function packageManagerOf(
  folder: string,
  repository: string,
  { packageManager = '' }: Manifest,
): { readonly manager: PackageManager; readonly isLocked: boolean } {
  // A workspace has its lock file at the root.
  for (const place of new Set([folder, repository])) {
    const locked = packageManagers.find(({ lockFiles }) => lockFiles.some((file) => existsSync(join(place, file))))
    if (locked !== undefined) return { manager: locked, isLocked: true }
  }
  const named = packageManagers.find(({ name }) => packageManager.startsWith(`${name}@`))
  return { manager: named ?? packageManagers[0]!, isLocked: false }
}

function startOf({ scripts, main }: Manifest, manager: PackageManager): string | undefined {
  if (Object.hasOwn(scripts, 'start')) return manager.run('start')
  return main !== undefined && /^[\w./-]+$/.test(main) ? `node ${main}` : undefined
}

/** Where the service will answer: the port that its start script names, or that its framework's examples have. */
function guessBaseUrl(script = '', port = 3000): string {
  const [, named] = /(?:\bPORT=|--port[= ]|-p )(\d{2,5})\b/.exec(script) ?? []
  return `http://localhost:${named ?? port}`
}

function checked(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new UsageError(`--base-url ${text} is not an http:// or https:// URL.`)
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      '--base-url holds a credential, which would end up in a repository. Use a header that takes it from the environment.',
    )
  return url.href.replace(/\/$/, '')
}
