// Compiles the targets that the verifier is scored on, which are written in TypeScript; returns the folder.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// Below node_modules, so that what the targets import is found, and git and the linter do not see it.
const compiled = join(root, 'node_modules/.cache/createonce-score')
const compiler = join(root, 'node_modules/typescript/bin/tsc')

/** Throws where they do not compile, after the compiler has said why. */
export function compileScore() {
  const built = spawnSync(
    process.execPath,
    [compiler, '-p', join(root, 'packages/verifier/test/tsconfig.score.json')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (built.status !== 0) throw new Error('The targets of the score do not compile.')
  return compiled
}
