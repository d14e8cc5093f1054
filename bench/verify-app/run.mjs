// How long a test waits for verifyApp: the first time in a process, with all that it loads, and the second.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { figureOf, numberOf } from '../figures.mjs'
import { apps } from './apps.mjs'

const MEASURE = fileURLToPath(new URL('measure.mjs', import.meta.url))
const run = promisify(execFile)

/** Verifies the same service in each framework several times, in turn; returns a row for each. */
export async function verifyingApps({ verifications }) {
  const names = Object.keys(apps)
  const seen = new Map(names.map((name) => [name, []]))
  for (let round = 0; round < verifications; round++)
    for (const name of names) seen.get(name).push(JSON.parse((await run(process.execPath, [MEASURE, name])).stdout))
  return names.map((name) => ({
    row: name,
    figures: {
      'first in a process, s': figureOf(
        seen.get(name).map(({ first }) => first),
        2,
      ),
      // What it would take on a machine with nothing else to do, roughly.
      'its CPU, s': figureOf(
        seen.get(name).map(({ cpu }) => cpu),
        2,
      ),
      'next, s': figureOf(
        seen.get(name).map(({ next }) => next),
        2,
      ),
      requests: numberOf(seen.get(name)[0].requests, 0),
    },
  }))
}
