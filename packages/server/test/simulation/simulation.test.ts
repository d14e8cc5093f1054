import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Crashing, type Ended, type Passing, startCrashing, type Told } from './crashing.ts'
import { type Database, postgresDatabase, sqliteFiles } from './databases.ts'
import { instrument } from './instrument.ts'
import { judgeStop, type Sent } from './judge-stop.ts'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))

// Fewer than these mean that the points are not found any more, and not that there are none.
const FEWEST = 10

const AT_ONCE = 2

// How often a passing is looked for that another process has met.
const MOST_TRIES = 3

// Between two points of one moment nothing leaves the process or comes in: one that dies leaves the same behind at each.
// `SIMULATION=all` has one die at each passing all the same, which takes minutes.
const STOPS = process.env['SIMULATION'] === 'all' ? 'all' : 'moments'

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
    { stop, fault }: Pick<Told, 'stop' | 'fault'>,
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

  // What a process does before its first request is the same for every request.
  let hasStopped = false

  /** Finds out what a process passes, and stops one at each moment of it, or at each passing. */
  async function stopEverywhere(ways: readonly Sent['way'][], fault?: Told['fault']) {
    const { ended, wrong } = await stopAt(ways, { fault })
    expect(wrong).toEqual([])
    expect(ended, 'the process that nobody stops').toMatchObject({ signal: null, passed: expect.anything() })
    const passed = ended.passed!.slice(hasStopped ? ended.begun : 0)
    hasStopped = true
    const isFirst = ({ moment }: Passing, index: number): boolean => moment !== passed[index - 1]?.moment
    const stops = passed.filter((passing, index) => STOPS === 'all' || isFirst(passing, index))
    const left = [...stops]
    const broken: string[] = []
    const missed: string[] = []
    const worker = async (): Promise<void> => {
      for (let stop = left.shift()?.passing; stop !== undefined; stop = left.shift()?.passing) {
        let hasDied = false
        for (let tries = 0; tries < MOST_TRIES && !hasDied; tries++) {
          const stopped = await stopAt(ways, { stop, fault })
          hasDied = stopped.ended.signal === 'SIGKILL'
          broken.push(...stopped.wrong.map((what) => `stopped at ${stop}: ${what}`))
        }
        if (!hasDied) missed.push(stop)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    const points = new Set(passed.map(({ point }) => point)).size
    const moments = passed.filter(isFirst).length
    return { points, passings: passed.length, moments, stops: stops.length, broken, missed }
  }

  it.each([
    ['create(tx)', ['create']],
    ['a declared row', ['insert']],
    ['both at once', ['create', 'insert']],
  ] as const)('that dies at any point of %s creates once, and every retry is a replay', async (what, ways) => {
    const { points, passings, moments, stops, broken, missed } = await stopEverywhere(ways)
    console.log(
      `${kind}, ${what}: ${points} points of ${marked}, passed ${passings} times in ${moments} moments: ${stops - missed.length} processes died there`,
    )
    expect(broken).toEqual([])
    // Two requests at once may take another course each time.
    expect(missed.length).toBeLessThanOrEqual(ways.length === 1 ? 0 : stops / 4)
    expect(points).toBeGreaterThanOrEqual(FEWEST)
  })

  it.each([
    ['records the key after its rows', 'records apart', 'there are 2 rows'],
    ['answers before COMMIT', 'answers early', 'was acknowledged, and a retry hears'],
  ] as const)('that %s is found out', async (_, fault, what) => {
    const { broken } = await stopEverywhere(['create'], fault)
    expect(broken).toContainEqual(expect.stringContaining(what))
  })
})
