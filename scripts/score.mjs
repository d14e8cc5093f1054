// Scores the verifier: compiles its targets, starts each, judges it, and prints what was found and what was not.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
// Below node_modules, so that what the targets import is found, and git and the linter do not see it.
const compiled = join(root, 'node_modules/.cache/createonce-score')
const compiler = join(root, 'node_modules/typescript/bin/tsc')
const built = spawnSync(process.execPath, [compiler, '-p', join(root, 'packages/verifier/test/tsconfig.score.json')], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (built.status !== 0) process.exit(2)
await import(pathToFileURL(join(compiled, 'test/score/main.js')).href)
