import { describe, expect, it } from 'vitest'
import { loadTarget, type Report, smoke } from '../../src/index.ts'
import { allTargets } from '../score/all-targets.ts'
import type { Copy, ScoredApi } from '../score/target.ts'

// The wiki is right about what it is attacked with, and takes any body.
const right = allTargets().filter(({ name }) => name.startsWith('right: ') && !name.includes('wiki'))
const copy: Copy = 'own words'

async function tried({ document, options = {} }: ScoredApi, operations?: readonly string[]): Promise<Report> {
  const { headers } = options
  const run = smoke({
    ...{ target: await loadTarget(document), seed: 7, exchanges: 'all' },
    ...(headers !== undefined && { headers }),
    ...(operations !== undefined && { operations }),
  })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

describe.each(right.map((target) => [target.name, target] as const))('%s', (_, target) => {
  it('passes with at most ten requests an operation, and nothing is left of it', async () => {
    const api = await target.start(copy)
    try {
      const { results, requests, operations, leftovers } = await tried(api, target.operations?.(copy))
      const red = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
      expect(red.map(({ check, operation, message }) => `${operation} ${check}: ${message}`)).toEqual([])
      expect(operations.filter(({ judged }) => !judged).map(({ id, reason }) => `${id}: ${reason}`)).toEqual([])
      expect(requests).toBeLessThanOrEqual(operations.length * 10)
      expect(leftovers.filter(() => !target.name.includes('nothing deletes'))).toEqual([])
    } finally {
      await api.close()
    }
  })
})
