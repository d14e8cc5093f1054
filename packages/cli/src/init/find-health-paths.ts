import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The paths that the sources of a project name for health checks. */
export interface HealthPaths {
  readonly ready: string | undefined
  readonly live: string | undefined
}

// From the most to the least particular, and no word that may mean something else (a stream is live, an order ready); what says only that it is healthy answers both questions.
const READY = ['/health/ready', '/healthz/ready', '/readyz', '/health/readiness']
const LIVE = ['/health/live', '/healthz/live', '/livez', '/health/liveness']
const BOTH = ['/healthz', '/health', '/api/health']
// A service of many files is not read to its end: whoever asks waits.
const FILES = 2_000
const BYTES = 500_000

/** Looks for the usual paths, as whole texts, in the sources of a folder. */
export function findHealthPaths(folder: string): HealthPaths {
  const found = new Set<string>()
  for (const file of sources(folder)) {
    const text = readFileSync(file, 'utf8').slice(0, BYTES)
    for (const [, path] of text.matchAll(/['"`]((?:\/[a-z]{2,10}){1,2})['"`]/g)) found.add(path!)
  }
  const first = (paths: readonly string[]): string | undefined => paths.find((path) => found.has(path))
  return { ready: first([...READY, ...BOTH]), live: first([...LIVE, ...BOTH]) }
}

function sources(folder: string): string[] {
  const files: string[] = []
  const folders = [folder]
  for (let next = folders.shift(); next !== undefined && files.length < FILES; next = folders.shift()) {
    for (const entry of list(next)) {
      // Tests name paths that nobody may answer.
      if (/^(\.|node_modules$|dist$|build$|coverage$|tests?$|__tests__$)/.test(entry.name)) continue
      if (entry.isDirectory()) folders.push(join(next, entry.name))
      else if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !/\.(test|spec|config)\./.test(entry.name))
        files.push(join(next, entry.name))
    }
  }
  return files.slice(0, FILES)
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // What may not be read is none of ours.
    return []
  }
}
