import { describe, expect, test } from 'vitest'
import { applyBaseline, exitCodeOf, parseBaseline, toBaseline, toJson, toSarif, toTerminal } from '../../src/index.ts'
import { reportOf, resultOf } from './report-of.ts'

const other = resultOf({ check: 'created-status-201', message: 'The answer is 200.' })
const findings = (results = [resultOf(), other]) => parseBaseline(toJson(reportOf(results))) ?? []

describe('a baseline', () => {
  test('keeps known findings from failing the run, and only those', () => {
    const known = applyBaseline(reportOf([resultOf(), other]), findings())
    expect(exitCodeOf(known)).toBe(0)
    const withNew = applyBaseline(reportOf([resultOf(), other, resultOf({ operation: 'createOrder' })]), findings())
    expect(exitCodeOf(withNew)).toBe(1)
    expect(toTerminal(withNew)).toContain('1 finding (1 warning) · 2 known')
    expect(toTerminal(withNew)).not.toContain('created-status-201')
  })

  test('does not know a finding that has become graver', () => {
    expect(exitCodeOf(applyBaseline(reportOf([resultOf({ level: 'error' }), other]), findings()))).toBe(1)
  })

  test('tells what has vanished where the check passes now, and keeps open what was not judged again', () => {
    const passed = resultOf({ verdict: 'pass' })
    const unseen = resultOf({ check: 'created-status-201', verdict: 'inconclusive' })
    const report = applyBaseline(reportOf([passed, unseen]), findings())
    expect(report.baseline?.vanished.map(({ check }) => check)).toEqual(['location-present'])
    expect(report.baseline?.open.map(({ check }) => check)).toEqual(['created-status-201'])
    expect(toTerminal(report)).toMatch(/no longer found.*\n {2}location-present on createBook/)
  })

  test('is written anew without what has vanished, and with what is still open', () => {
    const report = applyBaseline(
      reportOf([resultOf({ verdict: 'pass' }), resultOf({ operation: 'createOrder' })]),
      findings(),
    )
    expect(parseBaseline(toBaseline(report))?.map(({ check, operation }) => `${check} ${operation}`)).toEqual([
      'location-present createOrder',
      'created-status-201 createBook',
    ])
  })

  test('follows an operation that the document calls otherwise', () => {
    const renamed = reportOf([resultOf({ operation: 'addBook', id: resultOf().id ?? '' })])
    expect(exitCodeOf(applyBaseline(renamed, findings()))).toBe(0)
  })

  test('is told to code scanning: new, unchanged, absent', () => {
    const report = applyBaseline(
      reportOf([resultOf({ verdict: 'pass' }), other, resultOf({ operation: 'createOrder' })]),
      findings(),
    )
    const { results } = JSON.parse(toSarif(report)).runs[0]
    expect(results.map((one: { baselineState: string }) => one.baselineState)).toEqual(['unchanged', 'new', 'absent'])
  })

  test.each([
    '',
    'null',
    '[]',
    '{"schemaVersion":2,"results":[]}',
    '{"schemaVersion":1,"results":[{"verdict":"fail"}]}',
  ])('is not %j', (text) => {
    expect(parseBaseline(text)).toBeUndefined()
  })
})
