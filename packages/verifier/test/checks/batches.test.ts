import { describe, expect, test } from 'vitest'
import { loadTarget, type Report } from '../../src/index.ts'
import { notGreen, runVerify } from '../run-verify.ts'
import { batchFlaws } from '../targets/batches/batch-flaws.ts'
import { batchStyles } from '../targets/batches/batch-styles.ts'
import { type BatchChoices, startBatches } from '../targets/batches/batches.ts'
import { otherWords, plainWords, type Words } from '../targets/styles/words.ts'

const own = ['bulk-atomicity-declared', 'bulk-item-results']

async function judge(
  choices: Partial<BatchChoices>,
  words: Words = plainWords,
): Promise<{ report: Report; left: number }> {
  const service = await startBatches(choices, words)
  const { report } = await runVerify(service.document, { operations: [`add-several-${words.collection}`] })
  const left = service.count()
  await service.close()
  return { report, left }
}

const red = ({ results }: Report) =>
  results
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check, level, message }) => `${level} ${check}: ${message}`)
const verdictOf = ({ results }: Report, check: string) => {
  const found = results.find((one) => one.check === check)
  return found?.verdict === 'fail' ? found.level : found?.verdict
}

describe('a service that takes several things at once', () => {
  test.each(batchStyles)('passes when it is right, and is left as it was: $name', async ({ name, choices }) => {
    const { report, left } = await judge(choices)
    expect(notGreen(report)).toEqual([])
    expect(own.map((check) => verdictOf(report, check))).toEqual([
      'pass',
      name.includes('without content') ? 'skip' : 'pass',
    ])
    expect([report.leftovers, left]).toEqual([[], 0])
  })

  test.each(batchStyles)('passes in other words too: $name', async ({ choices }) => {
    const { report } = await judge(choices, otherWords)
    expect(notGreen(report)).toEqual([])
  })

  test('is not judged by the checks of what creates one thing', async () => {
    const { report } = await judge({})
    expect(
      report.results
        .filter(({ verdict }) => verdict !== 'skip')
        .map(({ check }) => check)
        .sort(),
    ).toEqual(own)
  })

  test.each(batchFlaws)('fails $check by $name, and nothing else', async ({ check, level, choices }) => {
    for (const words of [plainWords, otherWords]) {
      const { report, left } = await judge(choices, words)
      expect(red(report).map((line) => line.split(':')[0])).toEqual([`${level} ${check}`])
      expect(left).toBe(0)
    }
  })

  test('beside which things are created one by one, and judged as such', async () => {
    const service = await startBatches()
    const target = await loadTarget(service.document)
    expect(target.creations.map(({ id, batch }) => [id, batch?.collection])).toEqual([
      ['add-products', undefined],
      ['add-several-products', '/products'],
    ])
    await service.close()
  })
})
