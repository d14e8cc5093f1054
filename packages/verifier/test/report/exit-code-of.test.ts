import { describe, expect, test } from 'vitest'
import { exitCodeOf, type Report, type Result } from '../../src/index.ts'

const report = (results: readonly Partial<Result>[], judged = true): Report =>
  ({ results, operations: [{ id: 'a', judged }] }) as unknown as Report

describe('the exit code', () => {
  test('is 0 when what was judged has nothing at or above the limit', () => {
    expect(
      exitCodeOf(
        report([
          { verdict: 'pass', level: 'error' },
          { verdict: 'fail', level: 'note' },
        ]),
      ),
    ).toBe(0)
  })

  test('is 1 for findings at or above the limit', () => {
    const warned = report([{ verdict: 'fail', level: 'warning' }])
    expect(exitCodeOf(warned)).toBe(1)
    expect(exitCodeOf(warned, 'error')).toBe(0)
    expect(exitCodeOf(report([{ verdict: 'fail', level: 'note' }]), 'note')).toBe(1)
  })

  test('is 3 when nothing, or an operation, could not be judged', () => {
    expect(exitCodeOf(report([]))).toBe(3)
    expect(exitCodeOf(report([{ verdict: 'inconclusive' }, { verdict: 'skip' }]))).toBe(3)
    expect(exitCodeOf(report([{ verdict: 'pass' }], false))).toBe(3)
  })

  test('is 3 when a check broke', () => {
    expect(exitCodeOf(report([{ verdict: 'pass' }, { verdict: 'error' }]))).toBe(3)
  })

  test('is 3 when a required check has no verdict', () => {
    const results = [
      { check: 'x', verdict: 'pass' },
      { check: 'y', verdict: 'skip' },
    ] as const
    expect(exitCodeOf(report(results), 'warning', ['x'])).toBe(0)
    expect(exitCodeOf(report(results), 'warning', ['y'])).toBe(3)
    expect(exitCodeOf(report(results), 'warning', ['z'])).toBe(3)
  })
})
