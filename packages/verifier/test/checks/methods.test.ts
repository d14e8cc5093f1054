import { describe, expect, test } from 'vitest'
import { allTargets } from '../score/all-targets.ts'
import { judgeTarget } from '../score/judge-target.ts'
import { methodFaults } from '../targets/faults/methods.ts'

const names = methodFaults.map(({ name }) => name)
const targets = allTargets().filter(({ name }) => names.some((one) => name.startsWith(`${one} (`)))

describe('a service that says or does something else than its methods mean', () => {
  test.concurrent.each(targets.map((target) => [target.name, target] as const))(
    '%s: that is found, and nothing else',
    async (_, target) => {
      const { missed, falseAlarms, unjudged } = await judgeTarget(target, 'other words', 3)
      expect({ missed, falseAlarms, unjudged }).toEqual({ missed: [], falseAlarms: [], unjudged: [] })
    },
  )

  test('is there in every style that its fault names', () => {
    expect(targets.length).toBe(methodFaults.reduce((sum, { styles }) => sum + styles.length, 0))
  })
})
