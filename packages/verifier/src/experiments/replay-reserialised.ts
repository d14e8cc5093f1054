import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'

/** A request with a key, and the same JSON value in other bytes with the same key. */
export interface Reserialised {
  readonly first: Attempt
  readonly second: Attempt
}

/** The same key with the same JSON value, its members in another order, with white space, with an escape. */
export const replayReserialised: Experiment<Reserialised> = {
  name: 'replay the same key with the JSON written differently',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const first = await lab.post({ body, key })
    if (!accepted(first)) return { first, second: first }
    const second = await lab.post({ body, key, raw: rewrite(body) })
    return { first, second }
  },
}

function rewrite(body: unknown): string {
  const reversed = isObject(body) ? Object.fromEntries(Object.entries(body).reverse()) : body
  // The first letter of the first text as an escape: JSON makes no difference (RFC 8259 §7).
  return JSON.stringify(reversed, null, 2).replace(/: "([A-Za-z])/, (_, letter: string) => {
    return `: "\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
