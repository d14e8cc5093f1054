// How long `createonce verify` takes for the bookshop, as its user waits for it: the whole process, and the run alone.
import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { figureOf, numberOf } from '../figures.mjs'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const run = promisify(execFile)

/** Serves the bookshop and verifies it several times; returns the row of its table. */
export async function verifying({ verifications }) {
  const shop = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--store', 'memory:'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise((resolve) => {
    let text = ''
    shop.stdout.on('data', (chunk) => {
      text += chunk
      const found = /^listening on (\S+)$/m.exec(text)
      if (found !== null) resolve(found[1])
    })
  })
  const seconds = []
  const inside = []
  let requests = 0
  try {
    for (let round = 0; round < verifications; round++) {
      const begun = performance.now()
      const { stdout } = await run(process.execPath, [CLI, 'verify', `${url}/openapi.json`, '--report', 'json=-'], {
        maxBuffer: 1e9,
      })
      seconds.push((performance.now() - begun) / 1000)
      const report = JSON.parse(stdout)
      inside.push(report.durationMs / 1000)
      requests = report.requests
    }
  } finally {
    shop.kill('SIGTERM')
  }
  return [
    {
      row: 'the bookshop: 3 creations',
      figures: { 'process, s': figureOf(seconds, 2), 'run, s': figureOf(inside, 2), requests: numberOf(requests, 0) },
    },
  ]
}
