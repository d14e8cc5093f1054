import { randomUUID } from 'node:crypto'
import { pause } from './pause.mjs'
import { send } from './send.mjs'

// One in ten acknowledged keys is asked again at once.
const ASKED_AGAIN = 0.1

// A key that is not decided for this long is one that never will be.
const LONGEST_MS = 60_000

/**
 * Clients that create one thing after the other, each under a key of its own, and retry with the same key through any
 * server until it is decided. Fills `keys` with what became of each: `acknowledged` (201, or 200 for what exists) or
 * `blocked`, which only a leased store answers.
 *
 * @param choose `(random, serial)` gives the path and the item of the next creation.
 */
export async function createUntilStopped({ ports, clients, random, choose, keys, isStopped }) {
  let tries = 0
  const unanswered = {}
  let serial = 0

  async function ask({ path, key, item }) {
    tries += 1
    const answer = await send(ports[Math.floor(random() * ports.length)], path, { key, item })
    if (answer.status === 0) unanswered[answer.code] = (unanswered[answer.code] ?? 0) + 1
    return answer
  }

  async function decide(wanted) {
    const since = Date.now()
    for (let answer = await ask(wanted); ; answer = await ask(wanted)) {
      const kind = decisionOf(answer)
      if (kind !== undefined) return { ...wanted, kind, ...answer, at: Date.now() }
      const seen = `${wanted.path} ${wanted.key}: ${answer.status} ${answer.body}`
      if (answer.status >= 400 && answer.status !== 409 && answer.status < 500)
        throw new Error(`a client was told what it must not be: ${seen}`)
      if (Date.now() - since > LONGEST_MS) throw new Error(`not decided within ${LONGEST_MS} ms: ${seen}`)
      await pause(5 + random() * 30)
    }
  }

  async function client() {
    while (!isStopped()) {
      serial += 1
      const decided = await decide({ ...choose(random, serial), key: randomUUID() })
      keys.push(decided)
      if (decided.kind === 'acknowledged' && random() < ASKED_AGAIN) {
        const again = await decide(decided)
        if (again.kind !== 'acknowledged' || again.body !== decided.body) {
          throw new Error(
            `a client was told of two answers: ${decided.path} ${decided.key}: ${decided.body}, and then ${again.body}`,
          )
        }
      }
      // Leaves the processors to those who start again.
      await pause(random() * 10)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { tries, unanswered }
}

function decisionOf({ status, body }) {
  if (status === 201 || status === 200) return 'acknowledged'
  return status === 409 && body.includes('idempotency-key-blocked') ? 'blocked' : undefined
}
