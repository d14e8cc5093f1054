import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

/**
 * Runs `createonce verify` against a document, as its user does: a process, all operations, all checks of the guidelines.
 * `alarms` are its errors and warnings; notes fail no run.
 */
export async function runCreateonce(document, seed, guidelines = 'rfc') {
  const begun = performance.now()
  const output = await new Promise((resolve, reject) => {
    const args = [CLI, 'verify', document, '--seed', String(seed), '--guidelines', guidelines, '--report', 'json=-']
    execFile(process.execPath, args, { maxBuffer: 1e9 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 1) reject(new Error(`createonce: ${stderr}`))
      else resolve(stdout)
    })
  })
  const seconds = (performance.now() - begun) / 1000
  const results = JSON.parse(output).results.filter(({ verdict }) => verdict === 'fail')
  const namesOf = (some) => new Set(some.map(({ operation, check }) => `${operation}: ${check}`))
  return { seconds, found: namesOf(results), alarms: namesOf(results.filter(({ level }) => level !== 'note')) }
}
