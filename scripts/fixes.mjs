// Runs the programs of all pages about causes, in all frameworks: `npm test` leaves out those that take long because they
// are killed and started again. Arguments go on to vitest: `npm run fixes -- -t written-behind`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const args = [vitest, 'run', 'packages/verifier/test/fixes', ...process.argv.slice(2)]
const env = { ...process.env, CREATEONCE_FIXES: 'all' }
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1
