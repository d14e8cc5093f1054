import { describe, expect, test } from 'vitest'
import {
  type Check,
  defineCheck,
  experiments,
  fail,
  InvalidCheck,
  loadTarget,
  type OwnCheck,
  pass,
  type Report,
  verify,
} from '../../src/index.ts'
import { withOwnChecks } from '../../src/own/with-own-checks.ts'
import { runVerify } from '../run-verify.ts'
import { startApi } from '../targets/create-api.ts'

const shop: OwnCheck = { id: 'shop-titled', title: 'A book has a title', level: 'warning', run: async () => pass() }

type Ask = Parameters<Check['run']>[0]

/** A right API that is closed with the test that uses it. */
async function api() {
  const target = await startApi()
  return { ...target, [Symbol.asyncDispose]: () => target.close() }
}

/** What becomes of a check on a right API, beside one of ours. */
async function judge(run: unknown) {
  const target = await startApi()
  try {
    const own = defineCheck({ ...shop, run: run as Check['run'] })
    const options = { operations: ['create-books'], checks: ['location-present', 'shop-titled'], ownChecks: [own] }
    const { report } = await runVerify(target.document, options)
    const [ours, theirs] = ['location-present', 'shop-titled'].map((id) =>
      report.results.find(({ check }) => check === id),
    )
    expect(ours?.verdict).toBe('pass')
    return { report, theirs: theirs! }
  } finally {
    await target.close()
  }
}

describe('a check of one’s own', () => {
  test('asks what the others asked, without another request', async () => {
    const { report, theirs } = await judge(async (ask: Parameters<Check['run']>[0]) =>
      pass(await ask(experiments.created)),
    )
    expect(theirs).toMatchObject({ verdict: 'pass', evidence: [1], basis: 'convention', source: 'a rule of your own' })
    const target = await startApi()
    const alone = await runVerify(target.document, { operations: ['create-books'], checks: ['location-present'] })
    await target.close()
    expect(report.requests).toBe(alone.report.requests)
    expect(report.checks).toContainEqual({ id: 'shop-titled', group: 'own', title: 'A book has a title' })
  })

  test('has findings like all: repeated, with an id, a command and the smallest request', async () => {
    const { theirs } = await judge(async (ask: Parameters<Check['run']>[0]) => {
      const { answer } = await ask(experiments.created)
      return fail({ message: 'It is not titled.', fix: 'Title it.', evidence: [answer] })
    })
    expect(theirs).toMatchObject({ verdict: 'fail', level: 'warning', id: expect.any(String), shrunkFrom: 1 })
    expect(theirs.reproduce).toMatch(/^curl /)
    expect(theirs.cause).toBeUndefined()
  })

  test('is not reported where it holds the second time', async () => {
    let times = 0
    const { theirs } = await judge(async () =>
      times++ === 0 ? fail({ message: 'No.', fix: 'Mend it.', evidence: [] }) : pass(),
    )
    expect(theirs).toMatchObject({ verdict: 'inconclusive' })
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('sorry')
      },
      'Error: sorry',
    ],
    ['rejects', () => Promise.reject(new Error('sorry')), 'Error: sorry'],
    [
      'throws what is no error',
      () => {
        throw 'sorry'
      },
      'sorry',
    ],
    ['returns nothing', () => undefined, 'returned no verdict'],
    ['returns half a verdict', () => ({ kind: 'fail', evidence: [1] }), 'returned no verdict'],
  ])('that %s has the verdict error, and the run goes on', async (_, run, says) => {
    const { theirs } = await judge(run)
    expect(theirs.verdict).toBe('error')
    expect(theirs.message).toContain(says)
  })
})

describe('a check of one’s own that does not end', () => {
  const never = () => new Promise<never>(() => {})
  const operations = ['create-books', 'create-reviews']
  const both = ['location-present', 'shop-titled']
  const ofShop = (report: Report) => report.results.filter(({ check }) => check === 'shop-titled')

  test.each([
    ['itself', never],
    ['in an experiment of its own', (ask: Ask) => ask({ name: 'wait', run: never })],
    [
      'after an experiment of ours',
      async (ask: Ask) => {
        await ask(experiments.created)
        return await never()
      },
    ],
  ])('%s is an error that names it, and the run goes on', async (_, run) => {
    await using target = await api()
    const own = defineCheck({ ...shop, run })
    const { report } = await runVerify(target.document, { operations, checks: both, ownChecks: [own], ownCheckMs: 20 })
    const theirs = ofShop(report)
    expect(theirs.map(({ verdict }) => verdict)).toEqual(['error', 'error'])
    for (const { message } of theirs) expect(message).toContain('the check shop-titled did not end within 0.02 s')
    const ours = report.results.filter(({ check }) => check === 'location-present')
    expect(ours.map(({ verdict }) => verdict)).toEqual(['pass', 'pass'])
    expect(target.count()).toBe(0)
  })

  test('is given its time without what an experiment of ours takes', async () => {
    await using target = await api()
    let took = 0
    const own = defineCheck({
      ...shop,
      run: async (ask) => {
        const since = performance.now()
        const { answer } = await ask(experiments.createdAgain)
        took = performance.now() - since
        return pass(answer)
      },
    })
    const { report } = await runVerify(target.document, {
      ...{ operations: ['create-books'], checks: ['shop-titled'], ownChecks: [own], ownCheckMs: 30 },
      // Each request has to wait for its turn, longer than the check may take.
      ...{ rate: 8, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
    })
    expect(took).toBeGreaterThan(30)
    expect(ofShop(report)[0]?.verdict).toBe('pass')
  })

  test('is run once, and not again at the next operation', async () => {
    let times = 0
    const run = () => {
      times += 1
      return never()
    }
    const own = withOwnChecks([defineCheck({ ...shop, run })], { ownCheckMs: 5 }).at(-1)!
    const ask = (() => never()) as Parameters<Check['run']>[0]
    const operation = {} as Parameters<Check['run']>[1]
    await expect(own.run(ask, operation)).rejects.toThrow('the check shop-titled did not end within 0.005 s')
    await expect(own.run(ask, operation)).rejects.toThrow('it was not run again')
    expect(times).toBe(1)
  })

  test('is left at once when the run is stopped, which still cleans up and reports', async () => {
    await using target = await api()
    const stop = new AbortController()
    const own = defineCheck({
      ...shop,
      run: async (ask) => {
        await ask(experiments.created)
        stop.abort()
        return await never()
      },
    })
    const { report } = await runVerify(target.document, {
      ...{ operations: ['create-books'], checks: both, ownChecks: [own], signal: stop.signal },
    })
    expect(ofShop(report)[0]).toMatchObject({ verdict: 'inconclusive', message: expect.stringContaining('stopped') })
    expect(target.count()).toBe(0)
  })

  test('creates nothing any more once it was given up', async () => {
    await using target = await api()
    let goOn = () => {}
    const leave = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let late: Promise<unknown> | undefined
    const own = defineCheck({
      ...shop,
      run: async (ask) => {
        late = leave.then(() => ask(experiments.created)).catch((error: Error) => error.message)
        await late
        return pass()
      },
    })
    await runVerify(target.document, {
      ...{ operations: ['create-books'], checks: ['shop-titled'], ownChecks: [own], ownCheckMs: 20 },
    })
    goOn()
    expect(await late).toContain('did not end')
  })
})

describe('a definition', () => {
  test.each([
    [{ id: 'Shop' }, 'lower-case words with hyphens'],
    [{ id: 'shop--a' }, 'lower-case words with hyphens'],
    [{ id: '' }, 'lower-case words with hyphens'],
    [{ id: 'a'.repeat(65) }, 'at most 64 characters'],
    [{ id: 'location-present' }, 'give it another one'],
    [{ title: '' }, 'has no title'],
    [{ level: 'fatal' }, 'error, warning or note'],
    [{ basis: 'taste' }, 'standard, guideline'],
    [{ run: 'yes' }, 'no function run'],
  ])('with %j is refused, and says why', (more, says) => {
    expect(() => defineCheck({ ...shop, ...more } as OwnCheck)).toThrow(InvalidCheck)
    expect(() => defineCheck({ ...shop, ...more } as OwnCheck)).toThrow(says)
  })

  test('that is twice in one run is refused before anything is sent', async () => {
    const target = await startApi()
    const run = verify({ target: await loadTarget(target.document), ownChecks: [defineCheck(shop), defineCheck(shop)] })
    await expect(run.next()).rejects.toThrow('Two checks have the id shop-titled')
    expect(target.count()).toBe(0)
    await target.close()
  })

  test('that did not come from defineCheck is held to the same', async () => {
    const target = await startApi()
    const run = verify({ target: await loadTarget(target.document), ownChecks: [{ ...shop, id: 'A' } as Check] })
    await expect(run.next()).rejects.toThrow(InvalidCheck)
    await target.close()
  })
})
