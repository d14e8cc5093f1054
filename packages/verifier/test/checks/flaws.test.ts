import { describe, expect, test } from 'vitest'
import { checks, loadTarget, type Target } from '../../src/index.ts'
import { verifyTarget } from '../run-verify.ts'
import { type Disguise, masquerade, plain } from '../targets/bookshop.ts'
import { crashFlaws } from '../targets/crash/crash-flaws.ts'
import { type RunningTarget, startApi } from '../targets/create-api.ts'
import { type Flaw, flaws } from '../targets/flaws.ts'
import { pageFlaws } from '../targets/pages/page-flaws.ts'
import { putFaultList } from '../targets/put/put-faults.ts'
import { vaultFlaws } from '../targets/vault/vault-flaws.ts'

// The document is the same whatever is wrong with the API: it is read once for each copy.
const documents = new Map<Disguise, Promise<Target>>()

async function targetAt(api: RunningTarget, disguise: Disguise): Promise<Target> {
  const known = documents.get(disguise) ?? loadTarget(api.document)
  documents.set(disguise, known)
  return { ...(await known), baseUrl: api.url }
}

/** Check → level of its findings. */
async function findings(
  { hooks, operation }: Flaw,
  disguise: Disguise,
  checksOnly: readonly string[] = [],
): Promise<Record<string, string>> {
  const api = await startApi(hooks(), disguise)
  try {
    const operations = [`create-${disguise.paths[operation]}`]
    const { report } = await verifyTarget(await targetAt(api, disguise), { operations, checks: checksOnly, races: 6 })
    const failed = report.results.filter(({ verdict }) => verdict === 'fail')
    const unjudged = report.operations.some(({ judged }) => !judged) ? { unjudged: 'error' } : {}
    const broken = report.results
      .filter(({ verdict }) => verdict === 'error')
      .map(({ check, message }) => [check, message])
    return {
      ...unjudged,
      ...Object.fromEntries(failed.map(({ check, level }) => [check, level])),
      ...Object.fromEntries(broken),
    }
  } finally {
    await api.close()
  }
}

describe('a flaw', () => {
  test.concurrent.each(flaws)('that $name is found by $check, under any name', async (flaw) => {
    const expected = [flaw.check, ...(flaw.companions ?? [])].sort()
    const open = await findings(flaw, plain)
    // That nothing else fails in other words is shown on the correct copy.
    const disguised = await findings(flaw, masquerade, expected)
    expect(open[flaw.check]).toBe(flaw.level)
    expect(Object.keys(open).sort()).toEqual(expected)
    expect(disguised).toEqual(open)
  })

  test('is there for every check', () => {
    const byPut = putFaultList.flatMap(({ finds }) => finds.map((check) => ({ check })))
    const covered = new Set([...flaws, ...crashFlaws, ...vaultFlaws, ...pageFlaws, ...byPut].map(({ check }) => check))
    expect(checks.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([])
  })
})
