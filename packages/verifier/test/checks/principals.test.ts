import { describe, expect, test } from 'vitest'
import type { HeaderLine, Report, VerifyOptions } from '../../src/index.ts'
import { toJson } from '../../src/index.ts'
import { runVerify } from '../run-verify.ts'
import { alice, bob, startVault, type VaultChoices } from '../targets/vault/vault.ts'
import { vaultFlaws } from '../targets/vault/vault-flaws.ts'

const checks = ['auth-challenge-401', 'other-principal-cannot-read', 'conflict-no-leak', 'idem-key-scope']

/** The report, and what is left of what both principals created. */
async function judge(
  choices: Partial<VaultChoices>,
  options: Omit<VerifyOptions, 'target'> = {},
): Promise<{ report: Report; left: readonly unknown[] }> {
  const vault = await startVault(choices)
  try {
    const given = { headers: alice as readonly HeaderLine[], otherHeaders: bob as readonly HeaderLine[] }
    const { report } = await runVerify(vault.document, { checks, ...given, ...options })
    const lists = await Promise.all(
      [alice, bob].map(([[name, value]]) => fetch(`${vault.origin}/secrets`, { headers: { [name]: value } })),
    )
    return { report, left: (await Promise.all(lists.map((list) => list.json()))).flat() }
  } finally {
    await vault.close()
  }
}

const of = (results: Report['results']) => results.filter(({ operation }) => operation === 'create-secrets')
const verdicts = ({ results }: Report) =>
  Object.fromEntries(of(results).map(({ check, verdict, level }) => [check, verdict === 'fail' ? level : verdict]))
const messages = ({ results }: Report) => results.map(({ check, message }) => `${check}: ${message}`).join('\n')
const green = Object.fromEntries(checks.map((check) => [check, 'pass']))

describe('an API whose resources belong to who created them', () => {
  test('passes, and both principals delete what they created', async () => {
    const { report, left } = await judge({})
    expect(verdicts(report), messages(report)).toEqual(green)
    expect([report.leftovers, left]).toEqual([[], []])
  })

  test.each<[string, Partial<VaultChoices>]>([
    ['answers 404 to strangers', { unauthorised: () => ({ status: 404 }) }],
    ['has names that are unique for all', { isSame: (row, name) => row.name === name }],
    [
      'counts ids for each principal',
      { nextId: (principal, rows) => String(rows.filter(({ owner }) => owner === principal).length + 1) },
    ],
    [
      'answers 403 where somebody else has the name',
      { isSame: (row, name) => row.name === name, conflict: () => ({ status: 403 }) },
    ],
  ])('passes when it %s', async (_, choices) => {
    const { report } = await judge(choices)
    expect(verdicts(report), messages(report)).toEqual(green)
  })

  test('is not blamed when everybody may see everything', async () => {
    const vault = await startVault({
      mayRead: () => true,
      isSame: (row, name) => row.name === name,
      conflict: ({ id }) => ({ status: 409, body: { title: 'taken', existing: `/secrets/${id}` } }),
    })
    const { report } = await runVerify(vault.document, {
      checks: ['conflict-no-leak'],
      headers: alice,
      otherHeaders: bob,
    })
    expect(report.results.map(({ verdict }) => verdict)).toEqual(['skip', 'skip'])
    await vault.close()
  })

  test.each(vaultFlaws)('and that $name fails $check', async ({ check, level, choices }) => {
    const { report } = await judge(choices, { checks: [check] })
    expect(verdicts(report), messages(report)).toEqual({ [check]: level })
  })

  test('keeps the credentials of both principals out of the report', async () => {
    const { report } = await judge({ mayRead: () => true })
    expect(report.results.some(({ verdict }) => verdict === 'fail')).toBe(true)
    expect(toJson(report)).not.toMatch(/alice-token|bob-token/)
  })
})

describe('nothing is concluded', () => {
  test('about a second principal that there is not', async () => {
    const { report } = await judge({}, { otherHeaders: [] })
    expect(verdicts(report), messages(report)).toEqual({
      'auth-challenge-401': 'pass',
      'other-principal-cannot-read': 'skip',
      'conflict-no-leak': 'skip',
      // Another endpoint needs no other principal.
      'idem-key-scope': 'pass',
    })
  })

  test('from a second principal that is the first one again', async () => {
    const { report } = await judge({ mayRead: () => true, keyScope: () => '' }, { otherHeaders: alice })
    expect(verdicts(report)['other-principal-cannot-read']).toBe('skip')
  })

  test('from a second principal whose credentials are refused', async () => {
    const { report } = await judge({}, { otherHeaders: [['Authorization', 'Bearer of-nobody-33']] })
    expect(verdicts(report), messages(report)).toMatchObject({
      'other-principal-cannot-read': 'inconclusive',
      'conflict-no-leak': 'inconclusive',
      'idem-key-scope': 'inconclusive',
    })
  })

  test('about credentials that were not given', async () => {
    const { report } = await judge({ knows: () => 'alice' }, { headers: [], otherHeaders: [] })
    expect(verdicts(report)['auth-challenge-401']).toBe('skip')
  })
})
