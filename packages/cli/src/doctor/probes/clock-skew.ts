import { ask } from '../ask.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'

export const clockSkew: Probe = {
  id: 'clock-skew',
  needs: 'The clocks of the API and of this machine agree',
  how: 'The `Date` of an answer is held against the time between request and answer: more than 5 s apart is a warning, more than 60 s is bad. An answer out of a cache (`Age`) says nothing.',
  why: 'Tokens are not valid yet or no longer, keys live too long or too short, and logs of two machines cannot be read together.',
  mend: 'Turn on the synchronisation of the one that is wrong (`timedatectl`, chrony).',
  needsApi: true,
  look: async (surroundings) => [await judge(surroundings)],
}

const WARN_MS = 5_000
const BAD_MS = 60_000
// Date counts in whole seconds (RFC 9110 §5.6.7).
const GRAIN_MS = 1_000

async function judge(surroundings: Surroundings): Promise<Reading> {
  const subject = ''
  const answer = await ask(surroundings, surroundings.profile.baseUrl)
  if (answer.kind === 'failed') return { kind: 'unknown', subject, seen: answer.why }
  const date = Date.parse(answer.headers.date ?? '')
  if (Number.isNaN(date)) return { kind: 'unknown', subject, seen: 'the answer has no Date' }
  if (Number(answer.headers.age ?? 0) > 0) return { kind: 'unknown', subject, seen: 'the answer came out of a cache' }
  const skew = Math.max(0, answer.sentAt - (date + GRAIN_MS), date - answer.receivedAt)
  const direction = date > answer.receivedAt ? 'ahead' : 'behind'
  const seen = skew === 0 ? 'they agree' : `the API is ${Math.ceil(skew / 1000)} s ${direction}`
  return { kind: skew > BAD_MS ? 'bad' : skew > WARN_MS ? 'warning' : 'good', subject, seen }
}
