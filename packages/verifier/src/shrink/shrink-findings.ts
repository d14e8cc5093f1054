import type { Check } from '../checks/check.ts'
import type { Verdict } from '../evidence/verdict.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Lab } from '../experiments/lab.ts'
import { judge } from '../run/judge.ts'
import type { Subject } from '../run/subject.ts'
import type { Allowance } from './allowance.ts'
import { focusOf } from './focus-of.ts'
import type { ExchangeOf } from './same-fault.ts'
import { isSameFault, saysTheSame } from './same-fault.ts'
import { isSmaller, sizeOf } from './size-of.ts'
import { type Constraint, waysToShrink } from './smaller-bodies.ts'
import { smallestOf } from './smallest-of.ts'

type Red = Extract<Verdict, { kind: 'fail' }>

/** What it takes to shrink the findings of an operation. */
export interface Shrinking {
  readonly checks: readonly Check[]
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly subject: Subject
  readonly allowance: Allowance
  readonly exchangeOf: ExchangeOf
  readonly isOver: () => boolean
}

// Enough to halve the members of a usual body a few times.
const mostRequests = 40
// Some experiments wait a second, to tell late from never; what a person waits for without wondering has room for one.
const longestMs = 1500
// Fresh data of its own: the rounds that confirm count from 0.
const firstSmaller = 100

/**
 * The findings of an operation with the smallest create that still shows each: without members that are not needed,
 * with arrays of one element and short numbers. A check is repeated as it is, in labs whose bodies are smaller; where
 * its verdict is no longer the same one, the finding stays as it was.
 */
export async function shrinkFindings(work: Shrinking): Promise<ReadonlyMap<string, Verdict>> {
  const { checks, verdicts, subject } = work
  const red = checks.flatMap((check) => {
    const verdict = verdicts.get(check.id)
    return verdict?.kind === 'fail' && check.alone !== true ? [{ check, verdict }] : []
  })
  const lab = red.length === 0 ? undefined : subject.labOf(0)
  if (lab === undefined || typeof lab === 'string' || lab.limited) return verdicts
  const ways = waysOf(lab)
  if (ways.length === 0) return verdicts
  const labs = new Map<string, Lab | string>()
  const labUnder = (constraint: Constraint): Lab | string => {
    const name = JSON.stringify(constraint)
    const known =
      labs.get(name) ?? subject.smallerLab({ constraint, allowance: work.allowance }, String(firstSmaller + labs.size))
    labs.set(name, known)
    return known
  }
  const shrunk = new Map(verdicts)
  for (const { check, verdict } of red) {
    if (work.isOver()) break
    work.allowance.grant(mostRequests, longestMs)
    const only = await focusOf(lab, verdict.evidence[0])
    const found = await smallestOf(ways, async (reductions) => {
      const constraint = { reductions, ...(only === undefined ? {} : { only }) }
      return work.allowance.spent ? undefined : await seenAgain(work, check, verdict, constraint, labUnder(constraint))
    })
    if (found !== undefined) shrunk.set(check.id, found)
  }
  return shrunk
}

/** Which parts of the bodies that this target accepts could be spared; none where bodies are no objects. */
function waysOf(lab: Lab): ReturnType<typeof waysToShrink> {
  try {
    const body = lab.newBody()
    return isObject(body) ? waysToShrink(body, lab.operation.creation, Object.keys(lab.recipe.with)) : []
  } catch {
    // No body could be made: what is red then has nothing to do with one.
    return []
  }
}

/** The finding as the smaller create shows it, where that is the same finding and the create really smaller. */
async function seenAgain(
  { exchangeOf }: Shrinking,
  check: Check,
  before: Red,
  { only }: Constraint,
  lab: Lab | string,
): Promise<Red | undefined> {
  if (typeof lab === 'string') return undefined
  const { creation } = lab.operation
  const size = sizeOf(before.evidence, creation, exchangeOf)
  if (size === undefined) return undefined
  const now = await judge(check, lab)
  if (now.kind !== 'fail' || !isSameFault(now, before, exchangeOf)) return undefined
  const smaller = sizeOf(now.evidence, creation, exchangeOf)
  if (smaller === undefined || !isSmaller(smaller, size)) return undefined
  const from = before.evidence[0] ?? 0
  if (saysTheSame(now, before, exchangeOf)) return { ...now, evidence: [...now.evidence, from], shrunkFrom: from }
  // One body of several that show it: the message goes on to tell of all.
  if (only === undefined || (await focusOf(lab, now.evidence[0])) !== only) return undefined
  return { ...before, evidence: [...now.evidence.slice(0, 1), ...before.evidence], shrunkFrom: from }
}
