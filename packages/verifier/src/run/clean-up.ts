import { parseJson } from '../experiments/json-node.ts'
import type { Ledger, Made } from '../experiments/ledger.ts'
import { carries } from '../experiments/marks.ts'
import type { Client } from '../http/client.ts'

// Deleting waits for nothing but the target; a few at a time do not hurt it.
const usuallyAtOnce = 6
// What refers to something else has to go first, and by which member is not known: what fails is tried again later.
const passes = 3

/**
 * Deletes what the run made, children before parents, and names what could not be deleted and did not go with its parent.
 *
 * @param atOnce - how many are deleted side by side; with 1 they go in the order of the ledger.
 */
export async function cleanUp(
  client: Client,
  ledger: Pick<Ledger, 'made'>,
  atOnce: number = usuallyAtOnce,
): Promise<string[]> {
  const fixed = ledger.made.filter((one) => !one.removable)
  const removable = ledger.made.filter((one) => one.removable)
  let remaining = removable
  const reasons = new Map<Made, string>()
  for (let pass = 0; pass < passes && remaining.length > 0; pass++) {
    const failed: Made[] = []
    for (const depth of [...new Set(remaining.map((one) => one.depth))].sort((a, b) => b - a)) {
      const level = remaining.filter((one) => one.depth === depth)
      for (let at = 0; at < level.length; at += atOnce) {
        await Promise.all(
          level.slice(at, at + atOnce).map(async (one) => {
            const problem = await remove(client, one)
            if (problem === undefined) return
            failed.push(one)
            reasons.set(one, problem)
          }),
        )
      }
    }
    if (failed.length === remaining.length) {
      remaining = failed
      break
    }
    remaining = failed
  }
  const deleted = removable.filter((one) => !remaining.includes(one))
  const leftovers = await without(fixed, atOnce, (one) => wentWithParent(client, one, deleted))
  return [...leftovers.map(named), ...remaining.map((one) => `${named(one)} (${reasons.get(one)})`)]
}

/**
 * Whether what has no DELETE of its own was deleted with what it lies below. A 404 alone would not tell: it may be that there
 * never was a GET.
 */
async function wentWithParent(client: Client, { url, principal }: Made, deleted: readonly Made[]): Promise<boolean> {
  if (url === undefined || !deleted.some((parent) => url.startsWith(`${parent.url}/`))) return false
  const { response } = await client.send({ method: 'GET', url, ...(principal !== undefined && { principal }) })
  return response?.status === 404 || response?.status === 410
}

/** Those for which the test does not hold, asked for a few at a time. */
async function without<One>(all: readonly One[], atOnce: number, test: (one: One) => Promise<boolean>): Promise<One[]> {
  const kept: One[] = []
  for (let at = 0; at < all.length; at += atOnce) {
    const some = all.slice(at, at + atOnce)
    const results = await Promise.all(some.map(test))
    kept.push(...some.filter((_, index) => results[index] === false))
  }
  return kept
}

async function remove(client: Client, { url, proof, principal }: Made): Promise<string | undefined> {
  const by = principal === undefined ? {} : { principal }
  if (proof !== undefined) {
    const { response } = await client.send({ method: 'GET', url: url ?? '', ...by })
    if (response?.status === 404 || response?.status === 410) return undefined
    if (!carries(parseJson(response?.body ?? ''), proof)) return 'not deleted: it does not look like what was created'
  }
  const exchange = await client.send({ method: 'DELETE', url: url ?? '', ...by })
  const status = exchange.response?.status
  if (status === undefined) return `DELETE was not answered: ${exchange.failure?.detail}`
  return status < 300 || status === 404 || status === 410 ? undefined : `DELETE answered ${status}`
}

function named({ creation, url, exchange }: Made): string {
  return url ?? `what exchange ${exchange} made by ${creation}, whose URL the target did not tell`
}
