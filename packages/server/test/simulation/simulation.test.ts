import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Crashing, type Ended, startCrashing } from './crashing.ts'
import { type Database, postgresDatabase, sqliteFiles } from './databases.ts'
import { instrument } from './instrument.ts'
import { judgeStop, type Sent } from './judge-stop.ts'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

// Fewer than these mean that the points are not found any more, and not that there are none.
const FEWEST = 10

const AT_ONCE = 2

let folder: string
let marked: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'createonce-simulation-'))
  marked = instrument(DIST, join(folder, 'dist'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const sentBy = (...ways: Sent['way'][]): Sent[] =>
  ways.map((way) => ({
    way,
    request: {
      method: 'POST',
      path: '/things',
      query: '',
      params: {},
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ item: randomUUID() }),
      requestId: 'r1',
      native: undefined,
    },
  }))

describe.each([
  ['sqlite', () => sqliteFiles(folder)],
  ['postgres', postgresDatabase],
] as const)('a process over %s', (kind, open) => {
  let database: Database
  let crashing: Crashing

  beforeAll(async () => {
    database = await open()
    crashing = startCrashing(join(folder, 'dist'), kind)
  })
  afterAll(async () => {
    crashing.end()
    await database.end()
  })

  /** Lets a process create, and die at a passing; then another one takes over. Returns what is wrong. */
  async function stopAt(
    ways: readonly Sent['way'][],
    { stop, fault = false }: { readonly stop?: string; readonly fault?: boolean },
  ): Promise<{ readonly ended: Ended; readonly wrong: readonly string[] }> {
    const place = await database.place()
    const sent = sentBy(...ways)
    const ended = await crashing.run({ ...place.told, ...(stop !== undefined && { stop }), ways: sent, fault })
    const opened = await place.open()
    try {
      return { ended, wrong: await judgeStop(opened, sent, ended) }
    } finally {
      await opened.close()
    }
  }

  /** Finds out what a process passes, and stops one at each of it. */
  async function stopEverywhere(ways: readonly Sent['way'][], fault = false) {
    const { ended, wrong } = await stopAt(ways, { fault })
    expect(wrong).toEqual([])
    const passings = ended.passed!
    const left = [...passings]
    const broken: string[] = []
    const alive: string[] = []
    let acknowledged = 0
    const worker = async (): Promise<void> => {
      for (let stop = left.shift(); stop !== undefined; stop = left.shift()) {
        const stopped = await stopAt(ways, { stop, fault })
        if (stopped.ended.signal !== 'SIGKILL') alive.push(stop)
        acknowledged += stopped.ended.acknowledged.size
        broken.push(...stopped.wrong.map((what) => `stopped at ${stop}: ${what}`))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    const points = new Set(passings.map((passing) => passing.replace(/ #\d+$/, ''))).size
    return { points, passings: passings.length, broken, alive, acknowledged }
  }

  it.each([
    ['create(tx)', ['create']],
    ['a declared row', ['insert']],
    ['both at once', ['create', 'insert']],
  ] as const)('that dies at any point of %s creates once, and every retry is a replay', async (what, ways) => {
    const { points, passings, broken, alive, acknowledged } = await stopEverywhere(ways)
    console.log(
      `${kind}, ${what}: stopped at each of ${passings} passings of ${points} points (${marked} are marked); ${acknowledged} answers were acknowledged before`,
    )
    expect(broken).toEqual([])
    expect(alive).toEqual([])
    expect(points).toBeGreaterThanOrEqual(FEWEST)
  })

  it('that records the key after its rows is found out', async () => {
    const { broken } = await stopEverywhere(['create'], true)
    expect(broken).toContainEqual(expect.stringContaining('there are 2 rows'))
  })
})
