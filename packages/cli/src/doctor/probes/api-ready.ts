import { ask } from '../ask.ts'
import { below } from '../below.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'

export const apiReady: Probe = {
  id: 'api-ready',
  needs: 'The API says that it is ready',
  how: "A GET of the profile's `ready` below `baseUrl` answers 2xx. Where the profile names none, `/health/ready` is tried, and only 503 is bad: an API need not have it.",
  why: 'An API that is not ready refuses creations, or loses its database in the middle of them.',
  mend: 'Look at what it says there and at its log: most often its database does not answer.',
  needsApi: true,
  look: async (surroundings) => [await judge(surroundings)],
}

/** Where an API says that it is ready, unless the profile names another place. */
export const READY = '/health/ready'

async function judge(surroundings: Surroundings): Promise<Reading> {
  const { baseUrl, ready } = surroundings.profile
  const subject = ready ?? READY
  if (unsetIn(surroundings, 'baseUrl') !== undefined)
    return { kind: 'unknown', subject, seen: 'the base URL is not known' }
  const answer = await ask(surroundings, below(baseUrl, subject))
  if (answer.kind === 'failed') return { kind: 'unknown', subject, seen: answer.why }
  const seen = `it answers ${answer.status}`
  if (answer.status >= 200 && answer.status < 300) return { kind: 'good', subject, seen }
  if (ready !== undefined || answer.status === 503) return { kind: 'bad', subject, seen }
  const mend = 'If the API says elsewhere that it is ready, name the path with `ready` in the profile.'
  return { kind: 'unknown', subject, seen, mend }
}
