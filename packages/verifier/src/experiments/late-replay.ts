import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A retry shortly before the key may be forgotten, or why there is none. */
export type LateReplay =
  | { readonly kind: 'too long' }
  | { readonly kind: 'tried'; readonly first: Attempt; readonly late: Attempt; readonly copies: Copies }

// A run of the whole catalogue takes seconds; nobody waits a minute for one check.
const longestMs = 10_000
// The end belongs to the other side's clock, and to the time that requests take.
const share = 0.8

const byWindow = new Map<number, Experiment<LateReplay>>()

/** Waits for the greater part of a window of milliseconds, then sends the same request with the same key. */
export function lateReplay(windowMs: number): Experiment<LateReplay> {
  const known = byWindow.get(windowMs) ?? waitAndReplay(windowMs)
  byWindow.set(windowMs, known)
  return known
}

function waitAndReplay(windowMs: number): Experiment<LateReplay> {
  return {
    name: 'replay shortly before the key may be forgotten',
    async run(lab) {
      await lab.ask(created)
      if (windowMs > longestMs) return { kind: 'too long' }
      const body = lab.newBody()
      const key = lab.bodies.key()
      const first = await lab.post({ body, key })
      await lab.sleep(windowMs * share)
      const late = await lab.post({ body, key })
      const copies: Copies = accepted(first)
        ? await observedCopies(lab, body, [first, late])
        : { kind: 'blind', reason: `the first request with a key answered ${first.status}` }
      return { kind: 'tried', first, late, copies }
    },
  }
}
