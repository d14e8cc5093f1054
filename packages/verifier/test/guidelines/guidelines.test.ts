import { describe, expect, test } from 'vitest'
import { checksBy } from '../../src/guidelines/checks-by.ts'
import { checks, guidelineNames, guidelines } from '../../src/index.ts'
import { allTargets } from '../score/all-targets.ts'
import { judgeTarget } from '../score/judge-target.ts'
import type { ScoreTarget } from '../score/target.ts'

const targets = allTargets().filter((target) => target.guidelines !== undefined)
const idsBy = (name: (typeof guidelineNames)[number]) => checksBy(name, checks).map(({ id }) => id)

describe('the table of guidelines', () => {
  test('has the standards first', () => {
    expect(guidelineNames[0]).toBe('rfc')
    expect(guidelines.rfc.replaces).toEqual({})
  })

  test('replaces checks of the standards by checks of those guidelines', () => {
    for (const name of guidelineNames) {
      for (const [replaced, by] of Object.entries(guidelines[name].replaces)) {
        expect(checks.find(({ id }) => id === replaced)?.guidelines).toBeUndefined()
        expect(checks.find(({ id }) => id === by)?.guidelines).toEqual([name])
        expect(idsBy(name)).toContain(by)
        expect(idsBy(name)).not.toContain(replaced)
        expect(idsBy('rfc')).toContain(replaced)
      }
    }
  })

  test('leaves the standards without a check that belongs to other guidelines', () => {
    expect(checksBy('rfc', checks).filter((check) => check.guidelines !== undefined)).toEqual([])
  })
})

describe('a check of guidelines', () => {
  test.each(checks.filter((check) => check.guidelines !== undefined))(
    '$id is named after them, rests on them and cites the rule',
    ({ id, basis, source, guidelines: names }) => {
      expect(names).toHaveLength(1)
      expect(id.startsWith(`${names?.[0]}-`)).toBe(true)
      expect(basis).toBe('guideline')
      expect(source).toMatch(id.startsWith('zalando-') ? /^Zalando #\d+/ : /^JSON:API 1\.1, [A-Z]/)
    },
  )
})

describe('judged by guidelines', () => {
  const own = (target: ScoreTarget) => checks.filter(({ guidelines: names }) => names?.includes(target.guidelines!))

  test.concurrent.each(
    targets.filter(({ finds }) => finds.length === 0).map((target) => [target.name, target] as const),
  )('%s: nothing is found, in two vocabularies', async (_, target) => {
    for (const copy of ['own words', 'other words'] as const) {
      const { falseAlarms, unjudged } = await judgeTarget(target, copy, 1)
      expect({ falseAlarms, unjudged }).toEqual({ falseAlarms: [], unjudged: [] })
    }
  })

  test.concurrent.each(targets.filter(({ finds }) => finds.length > 0).map((target) => [target.name, target] as const))(
    '%s: that is found, and nothing else',
    async (_, target) => {
      const { missed, falseAlarms, unjudged } = await judgeTarget(target, 'own words', 1)
      expect({ missed, falseAlarms, unjudged }).toEqual({ missed: [], falseAlarms: [], unjudged: [] })
    },
  )

  test('every check of guidelines has a fault that it finds', () => {
    const found = new Set(targets.flatMap(({ finds }) => finds))
    expect(
      targets
        .flatMap(own)
        .map(({ id }) => id)
        .filter((id) => !found.has(id)),
    ).toEqual([])
  })
})
