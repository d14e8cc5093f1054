import { describe, expect, test } from 'vitest'
import { causeOf } from '../../src/causes/cause-of.ts'
import { leadingCheck } from '../../src/causes/leading-check.ts'
import { symptoms } from '../../src/causes/symptoms.ts'
import {
  applyBaseline,
  checks,
  exitCodeOf,
  parseBaseline,
  type Report,
  type Result,
  toGithub,
  toHtml,
  toJson,
  toJunit,
  toMarkdown,
  toSarif,
  toTerminal,
} from '../../src/index.ts'
import { causesOf } from '../../src/report/causes-of.ts'
import { runVerify } from '../run-verify.ts'
import { startApi } from '../targets/create-api.ts'
import { flaws } from '../targets/flaws.ts'
import { reportOf, resultOf } from './report-of.ts'

const cause = {
  id: 'default-answer',
  title: 'The default answer is left',
  page: 'docs/reference/fixes/default-answer.md',
}
const three = ['created-status-201', 'location-present', 'body-describes-created']
const five = ['createBook', 'createOrder', 'createAuthor', 'createShop', 'createStreet']

/** Three checks that saw one cause on each of five operations. */
const broad = (more: Partial<Result> = {}): Report =>
  reportOf(
    five.flatMap((operation) =>
      three.map((check) => resultOf({ check, operation, cause, fix: `mend ${check}`, ...more })),
    ),
  )

describe('one cause of three checks on five operations', () => {
  test('is one finding in what is counted', () => {
    expect(toTerminal(broad())).toContain('0 passed · 1 finding (1 warning) · ')
    expect(toMarkdown(broad())).toContain('**0 passed · 1 finding · ')
  })

  test('is named once, by its cause, with its checks and operations beneath', () => {
    const text = toTerminal(broad())
    expect(text.match(/^warning .*$/gm)).toEqual(['warning The default answer is left 3 checks'])
    for (const check of three) {
      expect(text.split(`  ${check} RFC`)).toHaveLength(2)
      expect(text).toContain(`fix    mend ${check}`)
    }
    expect(text.split(five.join(', '))).toHaveLength(4)
    expect(toMarkdown(broad()).match(/^### .*$/gm)).toEqual(['### ⚠️ The default answer is left (warning)'])
    expect(toHtml(broad()).match(/<li class="cause /g)).toHaveLength(1)
    expect(toGithub(broad()).match(/^::warning .*title=The default answer is left::/gm)).toHaveLength(1)
  })

  test('is a result for each check and operation where programs compare runs, each with its id and its cause', () => {
    const { results } = JSON.parse(toSarif(broad())).runs[0]
    expect(new Set(results.map((one: { ruleId: string; locations: unknown }) => JSON.stringify(one))).size).toBe(15)
    expect(results[0].properties).toEqual({ cause: 'default-answer' })
    expect(toJunit(reportOf(broad().results)).match(/cause: The default answer is left, docs/g)).toHaveLength(6)
  })

  test('is as grave as its gravest finding, and changes nothing about the exit code', () => {
    const report = broad({ level: 'note' })
    const graver = {
      ...report,
      results: report.results.map((one, n) => (n === 7 ? { ...one, level: 'error' as const } : one)),
    }
    expect(causesOf(graver).map(({ level }) => level)).toEqual(['error'])
    expect([exitCodeOf(report), exitCodeOf(graver), exitCodeOf(broad())]).toEqual([0, 1, 1])
  })

  test('is known by a baseline as before, and new where one of its findings is new', () => {
    const [first, ...rest] = broad().results as [Result, ...Result[]]
    const known = parseBaseline(toJson({ ...broad(), results: rest })) ?? []
    const compared = applyBaseline({ ...broad(), results: [first, ...rest] }, known)
    expect(compared.results.filter((one) => one.known !== true)).toHaveLength(
      broad().results.filter(({ id }) => !known.some((one) => one.id === id)).length,
    )
    const all = applyBaseline(broad(), parseBaseline(toJson(broad())) ?? [])
    expect(toTerminal(all)).toContain('no new findings · 1 known')
  })
})

describe('a symptom', () => {
  const leading = resultOf({ check: 'no-201-without-creation', cause: { ...cause, id: 'a' } })
  const explained = resultOf({
    check: 'duplicate-policy-enforced',
    explainedBy: leading.check,
    cause: { ...cause, id: 'b' },
  })

  test('belongs to the finding that leads, and names it', () => {
    const report = reportOf([explained, leading])
    expect(causesOf(report).map(({ checks }) => checks.map(({ check }) => check))).toEqual([
      [leading.check, explained.check],
    ])
    for (const text of [
      toTerminal(report),
      toMarkdown(report).replaceAll('\\', ''),
      toHtml(report),
      toSarif(report),
      toJunit(report),
    ]) {
      expect(text.toLowerCase()).toMatch(/may be the same fault as:? no-201-without-creation/)
    }
  })

  test('stands alone where what leads is red on another operation only', () => {
    const elsewhere = { ...leading, operation: 'createOrder' }
    expect(causesOf(reportOf([explained, elsewhere]))).toHaveLength(2)
  })

  test('is told by a run, of an API that ignores keys', async () => {
    const target = await startApi({ usesKey: () => false })
    const { report } = await runVerify(target.document, { operations: ['create-orders'] })
    await target.close()
    const red = report.results.filter(({ verdict }) => verdict === 'fail')
    expect(red.length).toBeGreaterThan(4)
    expect(new Set(red.map(({ explainedBy }) => explainedBy))).toEqual(new Set([undefined, 'idem-replay-same-result']))
    expect(causesOf(report)).toHaveLength(1)
    expect(toTerminal(report)).toContain(' 1 finding (1 error)')
  })
})

describe('the table of symptoms', () => {
  const pairs = Object.entries(symptoms).flatMap(([leader, all]) => all.map((check) => [leader, check] as const))

  test('names checks that there are', () => {
    const ids = checks.map(({ id }) => id)
    expect(pairs.flat().filter((id) => !ids.includes(id))).toEqual([])
  })

  test.each(pairs)('has %s lead %s because one fault turns both red', (leader, check) => {
    const both = flaws.filter((flaw) =>
      [leader, check].every((id) => [flaw.check, ...(flaw.companions ?? [])].includes(id)),
    )
    expect(both.length).toBeGreaterThan(0)
  })

  test('leads in no circle', () => {
    const reaches = (from: string, to: string): boolean =>
      (symptoms[from] ?? []).some((next) => next === to || reaches(next, to))
    expect(Object.keys(symptoms).filter((id) => reaches(id, id))).toEqual([])
  })

  test.each(flaws.filter(({ companions }) => companions?.length))('makes one finding of the API that $name', (flaw) => {
    const red = new Set([flaw.check, ...(flaw.companions ?? [])])
    const results = [...red].map((check) => {
      const explainedBy = leadingCheck(check, red)
      const known = causeOf(check)
      return resultOf({
        check,
        ...(known === undefined ? {} : { cause: { ...cause, id: known.id } }),
        ...(explainedBy === undefined ? {} : { explainedBy }),
      })
    })
    expect(causesOf(reportOf(results))).toHaveLength(1)
  })
})
