import type { Exchange } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { type Copies, observedCopies } from './observed-copies.ts'

/** A request whose client left, and its retries up to the first that was not put off. */
export interface HungUp {
  readonly cut: Exchange
  readonly retries: readonly Attempt[]
  readonly copies: Copies
}

// The waits between retries: 3 s in all. Longer than any request in flight on a healthy server, and far shorter
// than the hours for which a key stays blocked when the server forgets to release it.
const waits = [50, 150, 400, 900, 1500]

/** Sends a request with a key, hangs up, and retries with the same key until it is answered for good. */
export const hangUpAndRetry: Experiment<HungUp> = {
  name: 'hang up and retry with the same key',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const cut = await lab.postAndHangUp({ body, key })
    const retries = [await lab.post({ body, key })]
    for (const wait of waits) {
      if (![409, 425, 429, 503].includes(retries.at(-1)?.status ?? 0)) break
      await lab.sleep(wait)
      retries.push(await lab.post({ body, key }))
    }
    const winners = retries.filter(accepted)
    const copies: Copies =
      winners.length > 0 ? await observedCopies(lab, body, winners) : { kind: 'blind', reason: 'no retry was accepted' }
    return { cut, retries, copies }
  },
}
