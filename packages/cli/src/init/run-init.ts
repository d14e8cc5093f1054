import { UsageError } from '../usage-error.ts'
import { detectProject } from './detect-project.ts'
import { initLines } from './init-lines.ts'
import { placeFile } from './place-file.ts'
import { planFiles } from './plan-files.ts'

/** What the options of `createonce init` say. */
export interface InitFlags {
  readonly dryRun?: boolean
  readonly baseUrl?: string
  readonly start?: string
  readonly json?: boolean
}

/** Looks at a folder, writes what is not there yet, and returns what is to be printed. */
export function runInit(folder: string, { dryRun = false, json = false, ...hints }: InitFlags): string {
  // It goes into a line of a workflow.
  if (hints.start !== undefined && !/^[^\p{Cc}]+$/u.test(hints.start))
    throw new UsageError('--start is one line: what starts the service.')
  const project = detectProject(folder, hints)
  const placed = planFiles(project).map((file) => placeFile(folder, file, dryRun))
  if (!json) return `${initLines(project, placed, dryRun).join('\n')}\n`
  const { framework = null, isTypeScript, packageManager, testRunner, start = null, baseUrl } = project
  const about = { framework, isTypeScript, packageManager: packageManager.name, testRunner, start, baseUrl }
  const files = placed.map(({ path, outcome, changes }) => ({ path, outcome, ...(changes && { changes }) }))
  return `${JSON.stringify({ schemaVersion: 1, isDryRun: dryRun, project: about, files }, null, 2)}\n`
}
