import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configNames } from '../config/find-config.ts'
import { UsageError } from '../usage-error.ts'
import { configFile } from './config-file.ts'
import { contractTestFile } from './contract-test-file.ts'
import type { NewFile } from './new-file.ts'
import { probesFile } from './probes-file.ts'
import type { Project } from './project.ts'
import { workflowFile } from './workflow-file.ts'

/** The files that a project would get. Throws {@link UsageError} where nothing says how its service is started. */
export function planFiles(project: Project): NewFile[] {
  const { folder, hasManifest, start } = project
  const config = configFile(project)
  // The one that is there is the configuration, whatever its ending: a second one would hide it or be hidden.
  const there = configNames.find((name) => existsSync(join(folder, name)))
  const files = [{ ...config, path: there ?? config.path }, probesFile(project)]
  if (!hasManifest) return files
  if (start === undefined)
    throw new UsageError(
      "package.json has no start script, and nothing else says how the service is started. Add one, or say it: createonce init --start 'node server.js'.",
    )
  return [...files, contractTestFile(project, start), workflowFile(project, start)]
}
