import type { Answer } from '../../src/index.ts'
import type { Asked, Ended } from './crashing.ts'
import type { Opened } from './databases.ts'

type Way = 'create' | 'insert'

/** One request, by one way. */
export interface Sent {
  readonly way: Way
  readonly request: Asked
}

/**
 * Retries every request after the process has died, twice, and says what is wrong: a row too much or too few, an answer
 * that is another one than was acknowledged, a retry that is no replay.
 */
export async function judgeStop(opened: Opened, sent: readonly Sent[], { acknowledged }: Ended): Promise<string[]> {
  const wrong: string[] = []
  for (const { way, request } of sent) {
    const { item } = JSON.parse(request.body) as { item: string }
    const told = acknowledged.get(way)
    const first = await untilDecided(opened, way, request)
    const second = await untilDecided(opened, way, request)
    const ids = await opened.idsOf(item)
    const say = (what: string): void => void wrong.push(`${way}: ${what}`)

    if (first.status !== 201) say(`the retry is answered ${first.status} ${first.body}`)
    if (ids.length !== 1) say(`there are ${ids.length} rows`)
    else if (first.headers['Location'] !== `/things/${ids[0]}`) say(`the retry is told of ${first.headers['Location']}`)
    if (told !== undefined && !isSame(told, first))
      say(`${told.body} was acknowledged, and a retry hears ${first.body}`)
    if (told !== undefined && !isReplay(first)) say('the retry of what was acknowledged is no replay')
    if (!isSame(first, second) || !isReplay(second)) say('the second retry is no replay')
  }
  return wrong
}

// What the process held in the database is let go when its connection is seen to have ended.
const MOST_TRIES = 1_000

async function untilDecided({ creations }: Opened, way: Way, { body, ...request }: Asked): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await creations[way].handle({ ...request, body: { kind: 'raw', bytes: Buffer.from(body) } })
    if (answer.status !== 409 || tries === MOST_TRIES) return answer
  }
}

const isReplay = ({ headers }: Answer): boolean => headers['Idempotent-Replayed'] === 'true'

function isSame(one: Answer, other: Answer): boolean {
  return one.status === other.status && one.body === other.body && one.headers['Location'] === other.headers['Location']
}
