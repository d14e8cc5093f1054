import type { Time } from '../../idempotency/time.ts'

/** A reservation that is being kept. */
export interface Lease {
  /** Aborted when it is lost: another attempt may have begun, or will. */
  readonly signal: AbortSignal
  /** Renews it no more. */
  end(): void
}

// Two renewals may fail, or come late, before the lease ends.
const RENEWALS_PER_LEASE = 3

/**
 * Renews a reservation until it is ended, it is lost, or `holdMs` are over: a `create` that never returns must not keep
 * its key for ever. A renewal that fails is tried again at the next turn, as long as the lease lasts.
 */
export function holdLease(
  renew: () => Promise<'renewed' | 'lost'>,
  { time, leaseMs, holdMs }: { readonly time: Time; readonly leaseMs: number; readonly holdMs: number },
): Lease {
  // Made when somebody asks for it: most creations do not, and an AbortController is dear.
  let lost: AbortController | undefined
  let reason: Error | undefined
  const begun = time.now()
  // Counted from before the question: Redis counts from a moment later, so that nobody here believes in it for longer.
  let until = begun + leaseMs
  let isOver = false
  let cancel = schedule()

  function schedule(): () => void {
    return time.after(Math.ceil(leaseMs / RENEWALS_PER_LEASE), () => void turn())
  }

  async function turn(): Promise<void> {
    const asked = time.now()
    if (asked - begun >= holdMs) return lose('create() held its key for too long.')
    const renewed = await renew().catch(() => undefined)
    if (isOver) return
    if (renewed === 'lost') return lose('Another attempt has taken over this key, or an operator has let it go.')
    if (renewed === 'renewed') until = asked + leaseMs
    else if (time.now() >= until) return lose('The reservation of this key could not be renewed in time.')
    cancel = schedule()
  }

  function lose(why: string): void {
    isOver = true
    reason = new Error(why)
    lost?.abort(reason)
  }

  return {
    get signal() {
      lost ??= new AbortController()
      if (reason !== undefined) lost.abort(reason)
      return lost.signal
    },
    end() {
      isOver = true
      cancel()
    },
  }
}
