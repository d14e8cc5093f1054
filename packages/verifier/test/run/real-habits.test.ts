import { describe, expect, test } from 'vitest'
import { type Report, targetFromExample } from '../../src/index.ts'
import { verifyTarget } from '../run-verify.ts'
import { type Habits, startHabits } from '../targets/real-habits.ts'

async function judge(
  habits: Habits,
  { body = { name: 'tea', qty: 2 }, unique = [] }: { body?: unknown; unique?: string[] } = {},
): Promise<Report> {
  const target = await startHabits(habits)
  const example = targetFromExample({ method: 'POST', url: `${target.origin}/teas`, body }, { unique })
  const { report } = await verifyTarget(example)
  await target.close()
  return report
}

const found = (report: Report, check: string) => {
  const own = report.results.find((one) => one.check === check)
  return own?.verdict === 'fail' ? `${own.level}: ${own.message}` : own?.verdict
}

// Each was seen in an API that many use, and was once taken for a fault.
describe('what real APIs do, and one example does not forbid', () => {
  test('is adding to a list that was sent', async () => {
    const report = await judge(
      { stored: (tea) => ({ ...tea, readers: [...[tea['readers'] ?? []].flat(), 'owner'] }) },
      { body: { name: 'tea', readers: ['ann'] } },
    )
    expect(found(report, 'input-roundtrip')).toBe('pass')
  })

  test('is not losing one of a list, which stays a finding', async () => {
    const report = await judge(
      { stored: (tea) => ({ ...tea, readers: ['owner', 'other'] }) },
      { body: { readers: ['ann'] } },
    )
    expect(found(report, 'input-roundtrip')).toMatch(/^error/)
  })

  test('is choosing a port where 0 was sent, and no other address is tried than that of the example', async () => {
    const listens: unknown[] = []
    const stored = (tea: Record<string, unknown>) => {
      listens.push(tea['listen'])
      return tea['listen'] === '127.0.0.1:0' ? { ...tea, listen: '127.0.0.1:40123' } : tea
    }
    const report = await judge({ stored }, { body: { name: 'tea', listen: '127.0.0.1:0' } })
    expect(found(report, 'input-roundtrip')).not.toMatch(/^error/)
    const addresses = listens.filter((one) => /^[\d.]+:\d+$/.test(String(one)))
    expect(addresses.filter((one) => one !== '127.0.0.1:0')).toEqual([])
    expect(addresses.length).toBeGreaterThan(0)
  })

  test('is creating from no content at all', async () => {
    const report = await judge({ takesEmpty: true })
    expect(found(report, 'malformed-is-400')).not.toMatch(/empty/)
  })

  test('is taking an id of the client, which is told as a warning and not as a breach of a document', async () => {
    const report = await judge({ takesId: true })
    expect(found(report, 'server-fields-protected')).toMatch(/^warning: The example does not take id/)
  })

  test('is turning a word that it does not know into its default', async () => {
    const stored = (tea: Record<string, unknown>) => ({
      ...tea,
      type: tea['type'] === 'notebook' ? 'notebook' : 'file',
    })
    const report = await judge({ stored }, { body: { type: 'notebook' } })
    expect(found(report, 'input-roundtrip')).toMatch(/^warning: A body like the example/)
  })

  test.each([
    ['the one row of a list', (tea: object) => ({ ok: true, rows: [tea] })],
    ['a member of its own name', (tea: object) => ({ tea_summary: tea })],
  ])('is showing what was created as %s', async (_, wrapped) => {
    const report = await judge({ wrapped })
    expect(found(report, 'body-describes-created')).toBe('pass')
  })

  test('is naming a resource by the member that is declared unique', async () => {
    const report = await judge({ idMember: 'name' }, { unique: ['name'] })
    expect(found(report, 'body-describes-created')).toBe('pass')
    expect(found(report, 'input-roundtrip')).toBe('pass')
    expect(report.leftovers.filter((one) => one.includes('what exchange 1 made'))).toEqual([])
  })

  test('is a Location that leads back to the collection, which is one finding and no shared id', async () => {
    const report = await judge({ location: 'teas', wrapped: () => ({ ok: true }) })
    expect(found(report, 'location-identifies-created')).toMatch(/^error/)
    expect(found(report, 'ids-unique-under-load')).toBe('inconclusive')
    expect(found(report, 'no-201-without-creation')).not.toMatch(/^error/)
  })

  test('is keeping a list of texts as a set, in an order of its own', async () => {
    const report = await judge(
      { stored: (tea) => ({ ...tea, tags: [...[tea['tags'] ?? []].flat()].reverse() }) },
      { body: { name: 'tea', tags: ['green'] } },
    )
    expect(found(report, 'input-roundtrip')).toBe('pass')
  })

  test('is listing by name, each item under its own', async () => {
    const report = await judge(
      { idMember: 'name', listed: (teas) => Object.fromEntries(teas.map((tea) => [tea['name'], tea])) },
      { unique: ['name'] },
    )
    expect(found(report, 'collection-shows-created')).toBe('pass')
    expect(found(report, 'rejected-leaves-nothing')).toBe('pass')
  })

  test('is answering 200 with what is there already under the same code', async () => {
    const report = await judge({ foundBy: 'code' }, { body: { code: 'EUR', note: 'tea' } })
    expect(found(report, 'ids-unique-under-load')).toBe('inconclusive')
    expect(found(report, 'input-roundtrip')).toBe('inconclusive')
  })

  test('is not giving one id to what is new, which 200 does not excuse', async () => {
    const report = await judge({
      foundBy: 'none',
      stored: (tea) => ({ ...tea }),
      wrapped: (tea) => ({ ...tea, id: 1 }),
    })
    expect(found(report, 'ids-unique-under-load')).toMatch(/^error/)
  })

  test('is answering 503 while a database is locked, which says nothing about the request', async () => {
    const report = await judge({ isLocked: (_, headers) => 'prefer' in headers })
    expect(found(report, 'prefer-handled')).toBe('inconclusive')
    expect(report.operations[0]?.judged).toBe(true)
  })

  test('is answering 503 at its start, after which it is asked again', async () => {
    const report = await judge({ isLocked: (create) => create < 2 })
    expect(report.operations[0]?.judged).toBe(true)
    expect(found(report, 'input-roundtrip')).toBe('pass')
  })

  test('is telling nothing about what was created, which no preference is to blame for', async () => {
    const report = await judge({ wrapped: () => undefined })
    expect(found(report, 'prefer-handled')).toBe('pass')
    expect(found(report, 'body-describes-created')).toMatch(/^warning/)
  })

  test('is a Location back to the collection, whose ETag is not that of what was created', async () => {
    const report = await judge({ location: 'teas', hasTags: true })
    expect(found(report, 'location-identifies-created')).toMatch(/^error/)
    expect(found(report, 'etag-201-current')).toBe('inconclusive')
  })

  test('is knowing only the words of the example, and a name once', async () => {
    const report = await judge(
      { words: ['minimize'], isUnique: true },
      { body: { name: 'tea', aims: ['minimize'] }, unique: ['name'] },
    )
    expect(found(report, 'created-status-201')).toBe('pass')
  })
})
