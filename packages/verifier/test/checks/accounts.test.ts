import { describe, expect, test } from 'vitest'
import { checks, type Report, type VerifyOptions } from '../../src/index.ts'
import { runVerify } from '../run-verify.ts'
import { accountFlaws } from '../targets/accounts/account-flaws.ts'
import { type AccountChoices, sound, startAccounts } from '../targets/accounts/accounts.ts'

const own = ['secret-not-echoed', 'csrf-simple-request', 'options-advertises', 'body-too-large-413']
const cookie = ['Cookie', 'session=a-session-of-nobody'] as const

async function judge(
  choices: Partial<AccountChoices> = {},
  options: Omit<VerifyOptions, 'target'> = {},
): Promise<{ report: Report; left: number }> {
  const api = await startAccounts(choices)
  const { report } = await runVerify(api.document, { checks: own, hostile: true, headers: [cookie], ...options })
  const left = api.count()
  await api.close()
  return { report, left }
}

const verdicts = ({ results }: Report) =>
  Object.fromEntries(results.map(({ check, verdict, level }) => [check, verdict === 'fail' ? level : verdict]))
const green = Object.fromEntries(own.map((check) => [check, 'pass']))

describe('an API that is called with a cookie, and keeps passwords', () => {
  test('passes, and is left as it was', async () => {
    const { report, left } = await judge()
    expect(verdicts(report)).toEqual(green)
    expect([report.leftovers, left]).toEqual([[], 0])
  })

  test.each<[string, Partial<AccountChoices>, Record<string, string>]>([
    [
      'parses any content and refuses strange origins',
      { reads: () => true, letsIn: ({ origin }) => origin === undefined },
      {},
    ],
    [
      'parses any content and looks at Sec-Fetch-Site',
      { reads: () => true, letsIn: (headers) => headers['sec-fetch-site'] !== 'cross-site' },
      {},
    ],
    ['says nothing of its methods', { allow: () => undefined }, { 'options-advertises': 'skip' }],
    ['takes as much as is sent', { limit: Number.POSITIVE_INFINITY }, { 'body-too-large-413': 'skip' }],
    [
      'closes the connection on too much content',
      { tooLarge: () => 'close' },
      { 'body-too-large-413': 'inconclusive' },
    ],
    [
      'shows that there is a password',
      { shows: ({ id, name }) => ({ id, name, password: '********', hasPin: true }) },
      {},
    ],
  ])('that %s has no finding', async (_, choices, other) => {
    const { report } = await judge(choices)
    expect(verdicts(report)).toEqual({ ...green, ...other })
  })

  test('is not judged by what it was not sent', async () => {
    const { report } = await judge({ reads: () => true, tooLarge: () => 500 }, { hostile: false, headers: [] })
    expect(verdicts(report)).toMatchObject({ 'csrf-simple-request': 'skip', 'body-too-large-413': 'skip' })
  })

  test('is not said to be open to other pages where a token must go with the cookie', async () => {
    const { report } = await judge(
      { reads: () => true, letsIn: (headers) => headers['x-csrf-token'] === 'beef' },
      { headers: [cookie, ['X-CSRF-Token', 'beef']] },
    )
    expect(verdicts(report)['csrf-simple-request']).toBe('skip')
  })

  test('has no command line in the report that would repeat only half of the content', async () => {
    const { report } = await judge({ tooLarge: () => 500 })
    const { reproduce, message } = report.results.find(({ check }) => check === 'body-too-large-413')!
    expect([message, reproduce]).toEqual([expect.stringContaining('answers 500'), undefined])
    expect(JSON.stringify(report).length).toBeLessThan(200_000)
  })

  test('has no cookie in a report', async () => {
    const { report } = await judge({ reads: () => true })
    expect(verdicts(report)['csrf-simple-request']).toBe('warning')
    expect(JSON.stringify(report)).not.toContain('a-session-of-nobody')
  })
})

describe('a flaw', () => {
  test.concurrent.each(accountFlaws)('that it $name is found by $check', async ({ check, level, choices }) => {
    const { report } = await judge({ ...sound, ...choices })
    expect(verdicts(report)).toEqual({ ...green, [check]: level })
  })

  test('is there for every check of its own', () => {
    expect(own.filter((id) => !accountFlaws.some(({ check }) => check === id))).toEqual([])
    expect(own.filter((id) => !checks.some((check) => check.id === id))).toEqual([])
  })
})
