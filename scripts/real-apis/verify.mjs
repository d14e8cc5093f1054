import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

/** Runs `createonce verify` as a user does, and returns its exit code and its JSON report. */
export async function verify(args, file) {
  const child = spawn(process.execPath, [main, 'verify', ...args, '--seed', '1', '--report', `json=${file}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [exit] = await once(child, 'close')
  if (!existsSync(file)) throw new Error(`createonce verify ended with ${exit} and no report: ${said.slice(-1_000)}`)
  return { exit, said, report: JSON.parse(readFileSync(file, 'utf8')) }
}
