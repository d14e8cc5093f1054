import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Runs Schemathesis against a document with its defaults, but that the first finding does not end its work, and returns what it found, one line each: the operation, the
 * code of the finding and the status that was received. Values that were generated are left out, so that two runs compare.
 */
export async function runSchemathesis(command, document, seed) {
  // It keeps what it found in the folder that it is called in, and tries that first the next time.
  const cwd = mkdtempSync(join(tmpdir(), 'createonce-schemathesis-'))
  const begun = performance.now()
  const output = await new Promise((resolve, reject) => {
    const args = ['run', document, '--seed', String(seed), '--no-color', '--continue-on-failure']
    execFile(command, args, { maxBuffer: 1e9, cwd }, (error, stdout, stderr) => {
      // 1 says that there are findings.
      if (error !== null && error.code !== 1) reject(new Error(`schemathesis: ${stdout}${stderr}`))
      else resolve(stdout)
    })
  })
  const seconds = (performance.now() - begun) / 1000
  rmSync(cwd, { recursive: true, force: true })
  const found = findingsIn(output)
  // It has no levels: each of them fails the run.
  return { seconds, found, alarms: found }
}

function findingsIn(output) {
  const found = new Set()
  let operation = ''
  let code
  for (const line of output.split('\n')) {
    const section = /^_{3,} (.+) _{3,}$/.exec(line)
    if (section !== null) operation = section[1]
    const kind = /^- (ST\d+) /.exec(line)
    if (kind !== null) code = kind[1]
    const status = /^\[(\d{3})\]/.exec(line)
    if (status === null || code === undefined) continue
    found.add(`${operation}: ${code} on ${status[1]}`)
    code = undefined
  }
  return found
}
