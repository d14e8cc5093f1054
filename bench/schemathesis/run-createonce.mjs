import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))

/** Runs `createonce verify` against a document, as its user does: a process, all operations, all checks. */
export async function runCreateonce(document, seed) {
  const begun = performance.now()
  const output = await new Promise((resolve, reject) => {
    const args = [CLI, 'verify', document, '--seed', String(seed), '--report', 'json=-']
    execFile(process.execPath, args, { maxBuffer: 1e9 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 1) reject(new Error(`createonce: ${stderr}`))
      else resolve(stdout)
    })
  })
  const seconds = (performance.now() - begun) / 1000
  const results = JSON.parse(output).results.filter(({ verdict }) => verdict === 'fail')
  return { seconds, found: new Set(results.map(({ operation, check }) => `${operation}: ${check}`)) }
}
