import type { ApiProcess } from '../start/launch.ts'
import { type Attempt, accepted, type Tried } from './attempt.ts'
import type { Lab } from './lab.ts'
import { takesKeys } from './takes-keys.ts'

/** One creation that was sent while the API was being killed, until it was acknowledged. */
export interface Sent {
  readonly body: unknown
  readonly key?: string
  /** Every try in order; with a key it is tried again, without one it is not. */
  readonly tries: Tried[]
  /** The first answer that said it is done (202 does not say so), and how many kills came before it. */
  acknowledged?: { readonly attempt: Attempt; readonly after: number }
}

/** What clients sent, and what they were told, while the API was killed again and again. */
export interface CrashLoad {
  readonly sent: readonly Sent[]
  readonly kills: number
  /** What was acknowledged last before each kill: of all, what is most at risk. */
  readonly lastBefore: readonly Sent[]
}

// Between two steps of a creation lies a good part of its time: each kill falls there with a chance of a third or so,
// and of twenty hardly none does.
const mostKills = 20
// A retry may be cut as well. Seldom, though: what is retried under fire no longer shows which kill did the harm.
const everyRetried = 4
const clients = 4
// Bounds a round whose kill is late.
const mostBeyond = 50
// A JVM takes seconds to start. Three kills are few and better than none.
const fewestKills = 3
const longestMs = 60_000
/** Answers after which a retry may be answered otherwise. */
export const puttingOff: readonly number[] = [409, 425, 429, 500, 502, 503, 504]

/** Keeps the first answer that says that a creation is done; tells whether this is one. */
export function acknowledge(one: Sent, tried: Tried, kills: number): boolean {
  if (tried.kind === 'unanswered' || !accepted(tried.attempt) || tried.attempt.status === 202) return false
  one.acknowledged ??= { attempt: tried.attempt, after: kills }
  return true
}

/**
 * Clients create side by side, and the process group is killed after a random number of answers and a random fraction
 * of a creation's time. Some of what a kill cut is sent again after the restart, first of all, and may be cut again; the
 * rest is left for after the last kill.
 */
export async function crashLoad(lab: Lab, power: ApiProcess): Promise<CrashLoad> {
  // A PUT that is sent again without a name in its body would create under another one.
  const keyed = takesKeys(lab.operation) && lab.operation.creation.method === 'POST'
  const sent: Sent[] = []
  const lastBefore: Sent[] = []
  const begun = performance.now()
  let pending: Sent[] = []
  let kills = 0

  const make = (): Sent => {
    const one = { body: lab.newBody(), tries: [], ...(keyed ? { key: lab.bodies.key() } : {}) }
    sent.push(one)
    return one
  }

  const round = async (quota: number): Promise<void> => {
    const later: Sent[] = []
    let isDead = false
    let answers = 0
    let lastMs = 0
    let last: Sent | undefined
    let release = (): void => {}
    const reached = new Promise<void>((resolve) => {
      release = resolve
    })
    const client = async (): Promise<void> => {
      // More than the quota, so that something is under way when the kill comes.
      while (!isDead && answers < quota + mostBeyond) {
        const one = pending.shift() ?? make()
        const tried = await lab.tryPost({ body: one.body, key: one.key ?? 'auto' })
        one.tries.push(tried)
        if (tried.kind === 'unanswered' || puttingOff.includes(tried.attempt.status)) later.push(one)
        if (tried.kind === 'unanswered') return
        if (acknowledge(one, tried, kills)) last = one
        lastMs = tried.exchange.response.ms
        if (++answers > quota) release()
      }
    }
    const working = Promise.all(Array.from({ length: clients }, client))
    try {
      await Promise.race([reached, working])
      await lab.sleep((2 * lastMs * lab.bodies.integer(0, 1000)) / 1000)
    } finally {
      isDead = true
      const killed = power.kill()
      await Promise.allSettled([working, killed])
      await killed
    }
    await working
    if (last !== undefined) lastBefore.push(last)
    pending = keyed && kills % everyRetried === 0 ? later : []
  }

  while (kills < mostKills && (kills < fewestKills || performance.now() - begun < longestMs)) {
    try {
      await round(lab.bodies.integer(0, mostKills - 1))
    } finally {
      await power.start()
    }
    kills++
  }
  return { sent, kills, lastBefore }
}
