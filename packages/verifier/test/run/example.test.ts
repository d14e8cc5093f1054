import { describe, expect, test } from 'vitest'
import { exitCodeOf, type Report, targetFromExample, verify } from '../../src/index.ts'
import { startApi } from '../targets/create-api.ts'
import { startFlaskTutorial } from '../targets/flask-tutorial.ts'

async function verifyExample(url: string, body: unknown): Promise<Report> {
  const run = verify({ target: targetFromExample({ method: 'POST', url, body }), seed: 5, sleep: async () => {} })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}

const found = (report: Report) =>
  report.results.filter(({ verdict }) => verdict === 'fail').map(({ check, level }) => `${level} ${check}`)

describe('one example request instead of a document', () => {
  test('shows what a first tutorial leads to', async () => {
    const target = await startFlaskTutorial()
    const report = await verifyExample(`${target.origin}/items`, { name: 'tea', qty: 2 })
    expect(found(report)).toEqual(
      expect.arrayContaining([
        'warning created-status-201',
        'warning location-present',
        'warning problem-details-valid',
      ]),
    )
    expect(
      report.results.find(({ check, verdict }) => check === 'location-present' && verdict === 'fail')?.cause,
    ).toEqual({
      id: 'default-answer',
      title: "The handler leaves the framework's default answer in place",
      page: 'docs/reference/fixes/default-answer.md',
    })
    // What an example shows is no rule: what breaks it is never more than a warning.
    expect(found(report).filter((one) => one.startsWith('error'))).toEqual([])
    expect(exitCodeOf(report)).toBe(1)
    await target.close()
  })

  test('has no warning on a correct API, and deletes what it made', async () => {
    const target = await startApi()
    const report = await verifyExample(`${target.url}/books`, { isbn: '9781234567890', title: 'Moby Dick', pages: 3 })
    expect(found(report).filter((one) => !one.startsWith('note'))).toEqual([])
    expect(report.leftovers).toEqual([])
    expect(target.count()).toBe(0)
    await target.close()
  })
})
