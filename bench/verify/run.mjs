// How long `createonce verify` takes for the bookshop, as its user waits for it: the whole process, and the run alone; and
// for a document of 200 creations, with the memory that each of them costs.
import { execFile, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { figureOf, numberOf } from '../figures.mjs'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const MANY = fileURLToPath(new URL('many-creations.mjs', import.meta.url))
const MEASURE = fileURLToPath(new URL('measure.mjs', import.meta.url))
const run = promisify(execFile)

/** Serves the bookshop and verifies it several times; returns the row of its table. */
export async function verifying(effort) {
  return [await bookshop(effort), await manyCreations(effort)]
}

async function bookshop({ verifications }) {
  const shop = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--store', 'memory:'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressOf(shop)
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
  return {
    row: 'the bookshop: 3 creations',
    figures: { 'process, s': figureOf(seconds, 2), 'run, s': figureOf(inside, 2), requests: numberOf(requests, 0) },
  }
}

async function manyCreations({ isShort }) {
  const [creations, every] = isShort ? [20, 5] : [200, 25]
  const api = spawn(process.execPath, [MANY, String(creations)], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const url = `${await addressOf(api)}/openapi.json`
    const { stdout } = await run(process.execPath, ['--expose-gc', MEASURE, url, String(every)], { maxBuffer: 1e9 })
    const { requests, seconds, heaps } = JSON.parse(stdout)
    // The first step pays for what is loaded once.
    const growth = (heaps.at(-1) - heaps[1]) / (every * (heaps.length - 2))
    return {
      row: 'many creations in one document',
      figures: {
        'run, s': numberOf(seconds, 1),
        requests: numberOf(requests, 0),
        's a creation': numberOf(seconds / creations, 3),
        'heap a creation, MB': numberOf(growth, 2),
      },
      facts: { creations },
    }
  } finally {
    api.kill('SIGTERM')
  }
}

function addressOf(child) {
  return new Promise((resolve) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      const found = /^listening on (\S+)$/m.exec(text)
      if (found !== null) resolve(found[1])
    })
  })
}
