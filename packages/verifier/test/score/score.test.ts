import { describe, expect, test } from 'vitest'
import { checks } from '../../src/index.ts'
import { allTargets } from './all-targets.ts'
import { type Judged, judgeTarget } from './judge-target.ts'
import { sample } from './sample.ts'
import { toTable } from './to-table.ts'

const targets = allTargets()
const right = targets.filter(({ finds }) => finds.length === 0)
const flawed = targets.filter(({ finds }) => finds.length > 0)

describe('the targets of the score', () => {
  test('are at least thirty correct ones and a hundred and twenty flawed ones, each with a name of its own', () => {
    expect(right.length).toBeGreaterThanOrEqual(30)
    expect(flawed.length).toBeGreaterThanOrEqual(120)
    expect(new Set(targets.map(({ name }) => name)).size).toBe(targets.length)
  })

  test('expect something of every check, and nothing of a check that does not exist', () => {
    const expected = new Set(targets.flatMap(({ finds }) => finds))
    const ids = checks.map(({ id }) => id)
    expect(ids.filter((id) => !expected.has(id))).toEqual([])
    const named = new Set(targets.flatMap(({ finds, also }) => [...finds, ...also]))
    expect([...named].filter((id) => !ids.includes(id))).toEqual([])
  })
})

describe('the verifier', () => {
  // Each of these it once judged wrongly.
  test.concurrent.each([
    'right: quoted keys',
    'right: soft validation',
    'right: lists that lag',
    'Location of the collection (JSON:API)',
    'the id of another in the body (plain)',
    'a list without the newest (uuids)',
    'only the first tag is kept (plain)',
    'lets clients set the status (uuids)',
    'a variable that requests share (plain)',
    'a create that is lost beside others (plain)',
    'quotes are part of the key (required keys)',
    'a stack trace of Java (data envelope)',
    'keys are cut (Python',
  ])('judges rightly: %s', async (name) => {
    const target = targets.find((one) => one.name.startsWith(name))
    if (target === undefined) throw new Error(`no target is named ${name}`)
    const { missed, falseAlarms, unjudged } = await judgeTarget(target, 'own words', 1)
    expect({ missed, falseAlarms, unjudged }).toEqual({ missed: [], falseAlarms: [], unjudged: [] })
  })
})

describe('the score', () => {
  const [target] = flawed
  const judged = (more: Partial<Judged>): Judged => ({
    target: { ...target!, finds: ['location-present'] },
    copy: 'own words',
    missed: [],
    falseAlarms: [],
    unjudged: [],
    requests: 1,
    ms: 1,
    ...more,
  })

  test('is good when all was found and nothing else', () => {
    expect(toTable([judged({})])).toMatchObject({ found: 1, total: 1, falseAlarms: 0, isGood: true })
  })

  test('is bad by one miss in forty, one false alarm, one target that was not judged, or none at all', () => {
    const miss = judged({ missed: ['location-present: pass'] })
    expect(toTable([...Array.from({ length: 39 }, () => judged({})), miss])).toMatchObject({ found: 39, isGood: false })
    expect(toTable([judged({ falseAlarms: ['prefer-handled: fail'] })]).isGood).toBe(false)
    expect(toTable([judged({ unjudged: ['no answer'] })]).isGood).toBe(false)
    expect(toTable([]).isGood).toBe(false)
  })

  test('draws the same sample for the same seed, in order', () => {
    const items = Array.from({ length: 100 }, (_, at) => at)
    const drawn = sample(items, 10, 7)
    expect(drawn).toEqual(sample(items, 10, 7))
    expect(drawn).toEqual([...drawn].sort((one, other) => one - other))
    expect(new Set(drawn).size).toBe(10)
    expect(drawn).not.toEqual(sample(items, 10, 8))
  })
})
