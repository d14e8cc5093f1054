import type { PackageManager } from './package-managers.ts'

/** What is known of the user's project, from its package.json and what lies beside it. */
export interface Project {
  readonly folder: string
  /** The folder that the repository begins in, where GitHub looks for workflows. */
  readonly repository: string
  readonly hasManifest: boolean
  readonly packageManager: PackageManager
  readonly hasLockFile: boolean
  /** As people call it. */
  readonly framework: string | undefined
  readonly isTypeScript: boolean
  /** Whether a `.js` file is a module. */
  readonly isModule: boolean
  readonly testRunner: 'vitest' | 'jest' | 'node:test'
  /** Of TypeScript tests under jest: whether its globals have types. */
  readonly hasJestTypes: boolean
  readonly testFolder: string
  readonly hasBuildScript: boolean
  /** Starts the service; undefined where nothing says how. */
  readonly start: string | undefined
  readonly baseUrl: string
  /** An OpenAPI document in the project. */
  readonly document: string | undefined
  /** The paths of health checks that the sources name. */
  readonly ready: string | undefined
  readonly live: string | undefined
  /** Whether package.json names createonce. */
  readonly hasCreateonce: boolean
}
