import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { benchmarks } from '../../bench/benchmarks.mjs'
// @ts-expect-error: a script, without types
import { figureOf } from '../../bench/figures.mjs'
// @ts-expect-error: a script, without types
import { goals } from '../../bench/goals.mjs'
// @ts-expect-error: a script, without types
import { judge } from '../../bench/judge.mjs'
// @ts-expect-error: a script, without types
import { toMarkdown } from '../../bench/table.mjs'

const run = resolve(import.meta.dirname, '../../bench/run.mjs')
const slow = 'the Redis store around a handler without a database, 64 connections'
const rowsOf = (...ratios: number[]) => [{ row: slow, figures: { ratio: figureOf(ratios, 2) } }]

describe('the benchmarks', () => {
  it('are those that have goals', () => {
    expect(Object.keys(benchmarks)).toEqual(expect.arrayContaining(Object.keys(goals)))
    expect(Object.keys(goals)).toEqual(expect.arrayContaining(Object.keys(benchmarks)))
  })

  it.each([
    ['nonsense', 'There is no benchmark nonsense; there are: pipeline, '],
    ['--rounds=few', '--rounds is a whole number above 0; seen: few.'],
    ['--loud', "Unknown option '--loud'"],
  ])('refuse %s', (argument, message) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [run, argument], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})

describe('a goal', () => {
  it('is reached when the median reaches it', () => {
    const verdicts = [rowsOf(0.5, 0.6, 9), rowsOf(0.1, 0.59, 9)].map((rows) => judge('redis', rows)[0])
    expect(verdicts).toMatchObject([
      { goal: 'ratio ≥ 0.6', reached: 'yes' },
      { goal: 'ratio ≥ 0.6', reached: 'no' },
    ])
  })

  it('whose row or figure was not measured is an error', () => {
    expect(() => judge('redis', [])).toThrow('goals.mjs has ')
    expect(() => judge('redis', [{ row: slow, figures: {} }])).toThrow('asks for ratio, which was not measured')
  })
})

describe('the table of the results', () => {
  const results = (isShort: boolean) => ({
    machine: 'Node 20',
    effort: { rounds: 3, ms: 10, isShort },
    benchmarks: [{ title: 'Redis', rows: judge('redis', rowsOf(0.5, 0.6, 0.8)) }],
  })

  it('shows the figures, the goal and the verdict', () => {
    expect(toMarkdown(results(false))).toBe(
      `Node 20; 3 rounds of 10 ms.\n\n### Redis\n\n| row | ratio | goal | reached |\n| --- | --- | --- | --- |\n| ${slow} | 0.60 (0.50–0.60) | ratio ≥ 0.6 | yes |`,
    )
  })

  it('of a short run says that it is none', () => {
    expect(toMarkdown(results(true))).toContain('nothing of this is a measurement')
    expect(toMarkdown(results(true))).toContain('| not judged |')
  })
})
