// Starts each example as its README says, lets `createonce verify` judge it, and wants no finding, not even a note:
// `npm run examples`, or some by name: `npm run examples -- hono koa`.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const CLI = join(root, 'packages/cli/dist/main.js')
// An example that is to be judged says so by its configuration; others have tests of their own.
const known = readdirSync(join(root, 'examples')).filter((name) =>
  existsSync(join(root, 'examples', name, 'createonce.config.json')),
)
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no example ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  process.exit(2)
}

const rows = []
for (const name of chosen.length > 0 ? chosen : known) {
  console.error(`examples: ${name} …`)
  const row = await judge(name)
  rows.push(row)
  console.error(`examples: ${name}: ${row.verdict} (started in ${row.startedIn} s, judged in ${row.judgedIn} s)`)
  if (row.verdict !== 'no finding') console.error(row.said)
}
const wrong = rows.filter(({ verdict }) => verdict !== 'no finding')
console.log(`\n${rows.length - wrong.length} of ${rows.length} examples run and have no finding.`)
process.exitCode = wrong.length === 0 ? 0 : 1

async function judge(name) {
  const folder = join(root, 'examples', name)
  const begun = Date.now()
  const service = await start(folder)
  const startedIn = seconds(begun)
  if (service.origin === undefined) {
    return { verdict: `did not start (exit code ${service.code})`, startedIn, judgedIn: 0, said: service.said() }
  }
  try {
    const judging = Date.now()
    const { code, said } = await run(folder, [CLI, 'verify', '--profile', 'local', '--fail-on', 'note'], {
      EXAMPLE_URL: service.origin,
    })
    const verdict = code === 0 ? 'no finding' : `exit code ${code} of verify`
    return { verdict, startedIn, judgedIn: seconds(judging), said: `${said}\nThe service said:\n${service.said()}` }
  } finally {
    await service.stop()
  }
}

/** `npm start` in the folder, with a free port; the origin is what it says that it listens on. */
async function start(folder) {
  const env = { ...process.env, PORT: String(await freePort()) }
  const child = spawn('npm', ['start', '--silent'], {
    cwd: folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  const origin = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-20_000)
        const found = /listening on (http:\/\/[\w.:[\]-]+)/i.exec(said)
        if (found) resolve(found[1])
      })
    }
  })
  const known = await Promise.race([origin, ended.then((code) => ({ code }))])
  return {
    ...(typeof known === 'string' ? { origin: known } : known),
    said: () => said,
    async stop() {
      // npm and what it started: they are one process group.
      process.kill(-child.pid, 'SIGTERM')
      await ended
    },
  }
}

function run(cwd, args, env) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

function seconds(since) {
  return Math.round((Date.now() - since) / 100) / 10
}
