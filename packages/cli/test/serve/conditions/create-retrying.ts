import { randomUUID } from 'node:crypto'
import { type Answer, send } from '../../send.ts'

// Nobody who retries meets a fault so often: with a share of 40 % it is one of 10^11.
const MOST_ATTEMPTS = 28

/** A client as it should be: the same request with the same key, until it is answered for good. */
export async function createRetrying(url: string, body: object, attempts: string[] = []): Promise<Answer> {
  const headers = { 'Idempotency-Key': randomUUID() }
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    try {
      const answer = await send('POST', url, { body, headers })
      attempts.push(String(answer.status))
      if (answer.status < 500) return answer
    } catch (error) {
      attempts.push((error as NodeJS.ErrnoException).code ?? 'unknown')
    }
  }
  throw new Error(`not answered in ${MOST_ATTEMPTS} attempts`)
}
