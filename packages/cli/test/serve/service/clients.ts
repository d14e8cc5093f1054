import { randomUUID } from 'node:crypto'
import { type Answer, send } from '../../send.ts'

/** Clients that create customers at the same time, each with a key, and retry what was not answered. */
export interface Clients {
  /** The names of the customers that were acknowledged, by their Location. */
  readonly acknowledged: ReadonlyMap<string, string>
  /** How requests ended that had to be sent again: a status, or the code of a broken connection. */
  readonly failures: readonly string[]
  /** Resolves once so many were acknowledged. */
  reached(count: number): Promise<void>
  /** Lets everybody finish what was begun. */
  finish(): Promise<void>
}

/** Starts clients; `serviceFor` says whom an attempt asks, and resolves when somebody is there. */
export function startClients(count: number, serviceFor: (attempt: number) => Promise<string>): Clients {
  const acknowledged = new Map<string, string>()
  const failures: string[] = []
  const waiting = new Set<{ readonly count: number; readonly resolve: () => void }>()
  let isEnding = false

  async function create(name: string): Promise<Answer> {
    const headers = { 'Idempotency-Key': randomUUID() }
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      try {
        const url = await serviceFor(attempt)
        const body = { name, email: `${name}@example.org` }
        const answer = await send('POST', `${url}/customers`, { body, headers })
        if (answer.status < 500 && answer.status !== 409) return answer
        failures.push(String(answer.status))
      } catch (error) {
        failures.push((error as NodeJS.ErrnoException).code ?? String(error))
      }
    }
    throw new Error(`not answered: ${failures.slice(-5).join(', ')}`)
  }

  async function work(): Promise<void> {
    while (!isEnding) {
      const name = randomUUID()
      const { status, headers, body } = await create(name)
      if (status !== 201) throw new Error(`${status}: ${body}`)
      const location = headers.location!
      if (acknowledged.has(location)) throw new Error(`two were told of ${location}`)
      acknowledged.set(location, name)
      for (const one of waiting) if (acknowledged.size >= one.count) one.resolve()
    }
  }

  const working = Promise.all(Array.from({ length: count }, work))
  return {
    acknowledged,
    failures,
    reached: (target) =>
      Promise.race([
        new Promise<void>((resolve) => {
          if (acknowledged.size >= target) resolve()
          else waiting.add({ count: target, resolve })
        }),
        // What fails meanwhile is told instead of waited for.
        working.then(() => {}),
      ]),
    async finish() {
      isEnding = true
      await working
    },
  }
}

/** All customers of a service, by their path: every page of the list. */
export async function allCustomers(url: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let next: string | undefined = '/customers?limit=50'
  while (next !== undefined) {
    const page = await send('GET', `${url}${next}`)
    for (const { id, name } of page.json() as { id: number; name: string }[]) found.set(`/customers/${id}`, name)
    next = /<([^>]*)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1]
  }
  return found
}
