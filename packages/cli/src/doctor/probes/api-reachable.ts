import { ask } from '../ask.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'

export const apiReachable: Probe = {
  id: 'api-reachable',
  needs: 'The API answers at its base URL',
  how: 'A GET of `baseUrl`. Any answer will do, a 404 too: only 502 and 504 say that a proxy did not reach it.',
  why: 'Nothing else about it can be seen.',
  mend: 'Start the API, or correct `baseUrl` in the profile; behind a proxy, look at where that forwards to.',
  needsApi: true,
  look: async (surroundings) => [await judge(surroundings)],
}

async function judge(surroundings: Surroundings): Promise<Reading> {
  const subject = surroundings.profile.baseUrl
  const variable = unsetIn(surroundings, 'baseUrl')
  if (variable !== undefined) return { kind: 'unknown', subject, seen: `${variable} is not set` }
  const answer = await ask(surroundings, subject)
  if (answer.kind === 'failed') return { kind: 'bad', subject, seen: answer.why }
  const { status } = answer
  if (status === 502 || status === 504) {
    return { kind: 'bad', subject, seen: `${status}: a proxy answers, and does not reach the API` }
  }
  // Whoever is being started or maintained says so with 503.
  return { kind: status === 503 ? 'warning' : 'good', subject, seen: `it answers ${status}` }
}
