// Kills what it can, and counts. Clients create with keys and retry until they are acknowledged, through two server
// processes, while servers are killed or frozen and PostgreSQL is stopped as by a power cut and started again. At the
// end every acknowledged key has exactly one row, every row one key, and every Location answers its row.
//
//   npm run crash -- --kills 200 --store sqlite,postgres --seed 1
//   npm run crash -- --kills 5000 --resume      (adds to the total that is kept in .createonce/crash.json)
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createUntilStopped } from './clients.mjs'
import { openPostgres, openSqlite } from './databases.mjs'
import { createRandom } from './random.mjs'

const SERVER = fileURLToPath(new URL('./server.mjs', import.meta.url))
const TOTALS = '.createonce/crash.json'
const CLIENTS = 8

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    store: { type: 'string', default: 'sqlite,postgres' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    resume: { type: 'boolean', default: false },
  },
})
const stores = values.store.split(',')
const kills = Math.ceil(Number(values.kills) / stores.length)
const seed = Number(values.seed)
console.log(`crash: ${kills} kills for each of ${stores.join(', ')}, seed ${seed}`)

const totals =
  values.resume && existsSync(TOTALS) ? JSON.parse(readFileSync(TOTALS, 'utf8')) : { kills: 0, acknowledged: 0 }
for (const store of stores) {
  const seen = await attack(store)
  totals.kills += seen.kills
  totals.acknowledged += seen.acknowledged
}
mkdirSync('.createonce', { recursive: true })
writeFileSync(TOTALS, JSON.stringify(totals))
console.log(
  `crash: nothing was lost and nothing created twice; in total ${totals.kills} kills, ${totals.acknowledged} creations acknowledged`,
)
process.exit(0)

async function attack(store) {
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'createonce-crash-'))
  const database = await (store === 'postgres' ? openPostgres(folder) : openSqlite(folder))
  const servers = []
  for (let index = 0; index < 2; index++)
    servers.push(await startServer({ store, ...database.server, port: await freePort() }))
  let isStopped = false
  const working = createUntilStopped({
    ports: servers.map(({ port }) => port),
    clients: CLIENTS,
    random,
    isStopped: () => isStopped,
  })
  working.catch(() => {
    isStopped = true
  })

  let done = 0
  let frozen = 0
  let outages = 0
  while (done < kills && !isStopped) {
    await pause(20 + random() * 120)
    const server = servers[Math.floor(random() * servers.length)]
    const dice = random()
    if (dice < 0.72) {
      await server.kill()
      done += 1
      if (done % 20 === 0) console.log(`crash: ${store}, ${done} of ${kills} kills`)
    } else if (dice < 0.97 || database.outage === undefined) {
      frozen += 1
      server.signal('SIGSTOP')
      await pause(random() * 300)
      server.signal('SIGCONT')
    } else {
      outages += 1
      await database.outage()
    }
  }
  isStopped = true
  const { acknowledged, tries } = await working
  await judge(acknowledged, await database.rows(), servers[0].port)
  for (const server of servers) await server.stop()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
  console.log(
    `crash: ${store}: ${done} kills, ${frozen} freezes, ${outages} outages; ${acknowledged.size} creations acknowledged in ${tries} tries`,
  )
  return { kills: done, acknowledged: acknowledged.size }
}

async function judge(acknowledged, rows, port) {
  const byItem = new Map()
  for (const row of rows) byItem.set(row.item, [...(byItem.get(row.item) ?? []), row])
  const twice = [...byItem].filter(([, all]) => all.length > 1)
  const lost = [...acknowledged.keys()].filter((item) => !byItem.has(item))
  const orphans = [...byItem.keys()].filter((item) => !acknowledged.has(item))
  if (twice.length > 0) throw new Error(`created twice: ${JSON.stringify(twice.slice(0, 3))}`)
  if (lost.length > 0) throw new Error(`acknowledged and lost: ${lost.slice(0, 3).join(', ')}`)
  if (orphans.length > 0) throw new Error(`rows without a key that was acknowledged: ${orphans.slice(0, 3).join(', ')}`)
  for (const [item, { location, body }] of acknowledged) {
    const response = await fetch(`http://127.0.0.1:${port}${location}`)
    const text = await response.text()
    if (response.status !== 200 || text !== body)
      throw new Error(`${item}: ${location} answers ${response.status} ${text}, not ${body}`)
  }
}

async function startServer(options) {
  let child
  const start = async () => {
    child = fork(SERVER, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const began = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)])
    if (began === undefined) throw new Error('a server ended while it started; its message stands above')
  }
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await start()
  return {
    port: options.port,
    signal: (signal) => child.kill(signal),
    async kill() {
      await end()
      await start()
    },
    stop: end,
  }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
