import { describe, expect, test } from 'vitest'
import { runVerify } from '../run-verify.ts'
import { onAnswer, withHeader } from '../targets/faults/fault.ts'
import type { About, Reply } from '../targets/styles/decisions.ts'
import { start } from '../targets/styles/start.ts'
import { styles } from '../targets/styles/styles.ts'
import { plainWords } from '../targets/styles/words.ts'

/** What `vary-prefer` says of an API that answers reads like this. */
async function judge(read: (reply: Reply, about: About) => Reply): Promise<Record<string, string | undefined>> {
  const own = styles.find(({ name }) => name === 'uuids')!
  const api = await start(own, plainWords, onAnswer('read', read))
  try {
    const operations = [`add-${plainWords.collection}`]
    const { report } = await runVerify(api.document, { operations, checks: ['vary-prefer'] })
    const [result] = report.results
    return { verdict: result?.verdict, level: result?.level, message: result?.message }
  } finally {
    await api.close()
  }
}

/** The answer with nothing in it, where little is wanted. */
const little = (reply: Reply, { prefer }: About): Reply =>
  prefer === 'return=minimal' ? { ...reply, status: 204, body: undefined } : reply

describe('a read that heeds a preference', () => {
  test.concurrent.each([
    ['Vary', 'Accept, Prefer'],
    ['Vary', 'prefer'],
    ['Vary', '*'],
  ])('passes with %s: %s in every answer', async (name, value) => {
    const { verdict } = await judge((reply, about) => withHeader(little(reply, about), name, value))
    expect(verdict).toBe('pass')
  })

  test.concurrent.each(['no-store', 'private, no-cache', 'max-age=0, must-revalidate'])(
    'is not judged with Cache-Control: %s, by which no cache answers unasked',
    async (value) => {
      const seen = await judge((reply, about) => withHeader(little(reply, about), 'Cache-Control', value))
      expect(seen['verdict']).toBe('skip')
    },
  )

  test('fails where no answer says it, and by less where those say it to which a preference was sent', async () => {
    const never = await judge(little)
    expect(never).toMatchObject({ verdict: 'fail', level: 'error' })
    expect(never['message']).toContain('return=minimal is answered otherwise than one without it, and Vary is missing')
    const sometimes = await judge((reply, about) =>
      about.prefer === '' ? reply : withHeader(little(reply, about), 'Vary', 'Prefer'),
    )
    expect(sometimes).toMatchObject({ verdict: 'fail', level: 'warning' })
  })
})

describe('a read that heeds no preference', () => {
  test('is not judged, whatever Vary is', async () => {
    expect(await judge((reply) => reply)).toMatchObject({ verdict: 'skip' })
  })

  test('is not judged where the preference is refused, or only said to be applied', async () => {
    const refused = await judge((reply, { prefer }) => (prefer === '' ? reply : { ...reply, status: 400 }))
    expect(refused).toMatchObject({ verdict: 'skip' })
    const claimed = await judge((reply, { prefer }) =>
      prefer === '' ? reply : withHeader(reply, 'Preference-Applied', prefer),
    )
    expect(claimed).toMatchObject({ verdict: 'skip' })
  })

  test('is not judged where every read differs from the last, unless it says that it applied one', async () => {
    let reads = 0
    const counted = (reply: Reply): Reply => ({ ...reply, body: { ...(reply.body as object), reads: ++reads } })
    expect(await judge(counted)).toMatchObject({ verdict: 'skip' })
    const claimed = await judge((reply, { prefer }) =>
      prefer === '' ? counted(reply) : withHeader(counted(reply), 'Preference-Applied', prefer),
    )
    expect(claimed).toMatchObject({ verdict: 'inconclusive' })
  })
})
