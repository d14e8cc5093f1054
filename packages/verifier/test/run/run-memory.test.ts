import { expect, test } from 'vitest'
import { createRecorder } from '../../src/http/recorder.ts'
import { createRunMemory } from '../../src/run/run-memory.ts'
import type { OperationOutcome } from '../../src/run/verify-operation.ts'

const request = { method: 'GET', url: 'http://localhost/', headers: [], body: '' }

function aRun() {
  const recorder = createRecorder(100)
  const outcomes = new Map<string, OperationOutcome>()
  const client = {
    get count() {
      return recorder.count
    },
    forget: recorder.forget,
  }
  return {
    memory: createRunMemory(client, outcomes),
    ask: () => recorder.open(request).failed('timeout', 'nobody is there').id,
    judged: (operation: string, evidence: readonly number[]) =>
      outcomes.set(operation, { verdicts: new Map([['a check', { kind: 'pass', evidence }]]) }),
    kept: () => recorder.exchanges.map(({ id }) => id),
  }
}

test('A run keeps the exchanges that a verdict points to, and lets go of the others when their operation ends', () => {
  const { memory, ask, judged, kept } = aRun()
  const ended = memory.begin()
  for (let n = 0; n < 4; n++) ask()
  expect(kept()).toEqual([1, 2, 3, 4])
  judged('one', [2, 4])
  ended()
  expect(kept()).toEqual([2, 4])
})

test('An operation that is still under way may yet point to everything since its beginning', () => {
  const { memory, ask, judged, kept } = aRun()
  const slow = memory.begin()
  ask()
  const fast = memory.begin()
  ask()
  judged('fast', [])
  fast()
  expect(kept()).toEqual([1, 2])
  judged('slow', [1])
  slow()
  expect(kept()).toEqual([1])
})
