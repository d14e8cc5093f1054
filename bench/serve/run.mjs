// `createonce serve` beside two servers that are made of a document or of a file too: a mock that forgets (Prism), and one
// that writes its file anew for each creation (json-server). All by the commands of their users, on the same document.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { figureOf } from '../figures.mjs'
import { inFolder } from '../in-folder.mjs'
import { uniqueKeys } from '../orders.mjs'
import { say } from '../say.mjs'
import { startPostgres } from '../servers/postgres.mjs'
import { startLoad } from '../start-load.mjs'
import { installPeers, VERSIONS } from './install-peers.mjs'
import { startCommand } from './start-command.mjs'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url))
const DOCUMENT = fileURLToPath(new URL('./orders.yaml', import.meta.url))
const INSTALL_DOCUMENTS = fileURLToPath(new URL('../../scripts/install-openapi-documents.sh', import.meta.url))

const JSON_SERVER = `json-server ${VERSIONS['json-server']}`
const PRISM = `@stoplight/prism-cli ${VERSIONS['@stoplight/prism-cli']}`
const OURS = 'createonce serve, SQLite FULL'
const LARGE = "createonce serve, GitHub's document"

const noKeys = [{ body: uniqueKeys[0].body }]
const connections = [64, 1]
// Each round starts with cold servers, and json-server takes the longer the more there is in its file.
const WARM_REQUESTS = 2_000
const WARM_AT_MOST_MS = 5_000

/** Runs the benchmark; returns the rows of its table. */
export async function serving(effort) {
  const peers = await installPeers()
  const documents = execFileSync(INSTALL_DOCUMENTS, { encoding: 'utf8' }).trim()
  const postgres = await startPostgres()
  const load = startLoad()
  const seen = new Map()
  try {
    for (let round = 0; round < effort.rounds; round++) {
      const { user, password, host, port, database } = await postgres.createDatabase('')
      const url = `postgres://${user}:${password}@${host}:${port}/${database}`
      await inFolder(async (folder) => {
        for (const each of sidesOf(peers, url)) {
          add(seen, each.side, await measure(load, { ...each, cwd: folderIn(folder, each.side) }, effort))
        }
        const large = await startCommand({
          side: LARGE,
          script: CLI,
          args: serveArgs(join(documents, 'github.json'), 'sqlite:large.db'),
          cwd: folder,
          path: '/openapi.json',
        })
        add(seen, LARGE, { start: large })
        await large.stop()
      })
      say(`serve: round ${round + 1} of ${effort.rounds}`)
    }
  } finally {
    await load.stop()
    await postgres.stop()
  }
  return table(seen)
}

function sidesOf({ jsonServer, prism }, url) {
  return [
    {
      side: JSON_SERVER,
      script: jsonServer,
      args: (port) => ['db.json', '--host', '127.0.0.1', '--port', String(port), '--quiet'],
    },
    {
      side: PRISM,
      script: prism,
      args: (port) => ['mock', DOCUMENT, '--host', '127.0.0.1', '--port', String(port), '--verboseLevel', 'silent'],
    },
    { side: OURS, script: CLI, args: serveArgs(DOCUMENT, 'sqlite:data.db') },
    { side: `${OURS}, with keys`, script: CLI, args: serveArgs(DOCUMENT, 'sqlite:data.db'), requests: uniqueKeys },
    { side: 'createonce serve, PostgreSQL', script: CLI, args: serveArgs(DOCUMENT, url) },
  ]
}

function serveArgs(document, store) {
  return (port) => ['serve', document, '--host', '127.0.0.1', '--port', String(port), '--store', store]
}

/** A folder for the data of one side, with the empty file that json-server starts from. */
function folderIn(folder, side) {
  const own = join(folder, side.replaceAll(/\W+/g, '-'))
  mkdirSync(own)
  writeFileSync(join(own, 'db.json'), '{"orders":[]}')
  return own
}

/** One round of one side: started with nothing in it, warmed, and measured by each number of connections. */
async function measure(load, { requests = noKeys, ...command }, { ms, warmRequests }) {
  const started = await startCommand(command)
  try {
    const amount = Math.min(warmRequests, WARM_REQUESTS)
    await load.on(started, { requests, connections: 64, amount, ms: WARM_AT_MOST_MS })
    const results = {}
    for (const count of connections) {
      const before = await started.cpu()
      const result = await load.on(started, { requests, connections: count, ms })
      const { user, system } = await started.cpu()
      results[count] = { ...result, serverUs: (user - before.user + system - before.system) / result.count }
    }
    return { start: started, ...results }
  } finally {
    await started.stop()
  }
}

function add(seen, side, result) {
  seen.set(side, [...(seen.get(side) ?? []), result])
}

function table(seen) {
  return [...seen].flatMap(([side, rounds]) => {
    const start = {
      'start, s': figureOf(
        rounds.map((round) => round.start.startS),
        2,
      ),
      'its CPU, s': figureOf(
        rounds.map((round) => round.start.startCpuS),
        2,
      ),
    }
    if (side === LARGE) return [{ row: side, figures: start }]
    return connections.map((count) => ({
      row: `${side}, ${count} ${count === 1 ? 'connection' : 'connections'}`,
      figures: {
        'creations/s': figureOf(
          rounds.map((round) => round[count].rate),
          0,
        ),
        'p99, ms': figureOf(rounds.map((round) => round[count].p99)),
        'CPU, µs': figureOf(
          rounds.map((round) => round[count].serverUs),
          0,
        ),
        ...(side.startsWith('createonce') && {
          'ratio to json-server': ratio(seen.get(JSON_SERVER), rounds, count),
          'ratio to Prism': ratio(seen.get(PRISM), rounds, count),
        }),
        ...(count === connections[0] && start),
      },
    }))
  })
}

function ratio(theirs, ours, count) {
  return figureOf(
    ours.map((round, index) => round[count].rate / theirs[index][count].rate),
    1,
  )
}
