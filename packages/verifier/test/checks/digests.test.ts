import { describe, expect, test } from 'vitest'
import { runVerify } from '../run-verify.ts'
import { onAnswer, withHeader } from '../targets/faults/fault.ts'
import type { Decisions } from '../targets/styles/decisions.ts'
import { start } from '../targets/styles/start.ts'
import { styles } from '../targets/styles/styles.ts'
import { plainWords } from '../targets/styles/words.ts'

const wanting = (wish: string) => onAnswer('created read', (reply) => withHeader(reply, 'Want-Content-Digest', wish))

/** What `digest-checked` says of an API, in the given style. */
async function judge(decisions: Partial<Decisions>, style = 'uuids') {
  const own = styles.find(({ name }) => name === style)!
  const api = await start(own, plainWords, decisions)
  try {
    const operations = [`add-${plainWords.collection}`]
    const { report } = await runVerify(api.document, { operations, checks: ['digest-checked'] })
    const [result] = report.results
    return { verdict: result?.verdict, message: result?.message ?? '' }
  } finally {
    await api.close()
  }
}

describe('a digest', () => {
  test('is not sent where nobody asks for it, heeded or not', async () => {
    expect((await judge({})).verdict).toBe('skip')
    expect((await judge({ checksDigest: () => 'before' })).verdict).toBe('skip')
  })

  test('passes where it is asked for, and content that does not fit it is refused', async () => {
    const checking = { checksDigest: () => 'before' as const }
    expect(await judge({ ...wanting('sha-256=10'), ...checking })).toMatchObject({ verdict: 'pass' })
  })

  test('is found to be ignored where it is asked for', async () => {
    const { verdict, message } = await judge(wanting('sha-512=3, sha-256=10'))
    expect(verdict).toBe('fail')
    expect(message).toContain('asks for Content-Digest')
  })

  test('is found to be compared too late', async () => {
    const { verdict, message } = await judge({ ...wanting('sha-256=1'), checksDigest: () => 'after' })
    expect(verdict).toBe('fail')
    expect(message).toContain('answered 400, and the resource was created all the same')
  })

  test.each(['sha-256=0', 'unixsum=5, sha-512=0', 'none'])('is not sent where others are wanted: %s', async (wish) => {
    expect((await judge(wanting(wish))).verdict).toBe('skip')
  })

  test('is not judged where the API does not take the right one either', async () => {
    const refusing: Partial<Decisions> = { ...wanting('sha-512=1'), mediaType: () => true }
    let creates = 0
    const faults: Decisions['faults'] = (found) =>
      ++creates > 1 ? [...found, { pointer: '', rule: 'digest', detail: 'is unknown' }] : found
    expect((await judge({ ...refusing, faults })).verdict).toBe('inconclusive')
  })
})
