import type { Reading, Surroundings } from '../probe.ts'

/** A connection, or why there is none. */
export type Opened<Connection> =
  | { readonly kind: 'open'; readonly connection: Connection; close(): Promise<void> }
  | { readonly kind: 'bad' | 'unknown'; readonly seen: string; readonly mend?: string }

interface Shared<Connection> {
  borrowers: number
  opened: Promise<Opened<Connection>> | undefined
  turn: Promise<unknown>
}

/**
 * Lends the probes of one run one connection: it is opened for the first that asks, used by one at a time, since a
 * transaction of one would be that of all, and closed when nobody waits for it any more. That it could not be opened is
 * remembered for the whole run: ten probes must not wait ten times for a server that does not answer.
 */
export function createLender<Connection>(
  open: (surroundings: Surroundings) => Promise<Opened<Connection>>,
): <T>(surroundings: Surroundings, use: (opened: Opened<Connection>) => T | Promise<T>) => Promise<T> {
  const runs = new WeakMap<Surroundings, Shared<Connection>>()

  return async (surroundings, use) => {
    const shared = runs.get(surroundings) ?? { borrowers: 0, opened: undefined, turn: Promise.resolve() }
    runs.set(surroundings, shared)
    shared.borrowers += 1
    try {
      shared.opened ??= open(surroundings)
      const opened = await shared.opened
      const mine = shared.turn.then(() => use(opened))
      shared.turn = mine.catch(() => {})
      return await mine
    } finally {
      shared.borrowers -= 1
      if (shared.borrowers === 0) await giveBack(shared)
    }
  }
}

async function giveBack<Connection>(shared: Shared<Connection>): Promise<void> {
  const opened = await shared.opened
  if (opened?.kind !== 'open' || shared.borrowers > 0) return
  shared.opened = undefined
  await opened.close()
}

/** What a probe says that needs a connection where there is none; why stands with the probe of reachability. */
export function notLooked(subject: string, server: string): readonly Reading[] {
  return [{ subject, kind: 'unknown', seen: `not looked at: there is no connection to ${server}` }]
}
