import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { stringsWithin } from '../experiments/json-node.ts'
import { canary, spoofedHosts } from '../experiments/spoofed-hosts.ts'
import type { Check } from './check.ts'

const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/i

/** Whoever chooses the host in a link chooses where the next client goes, with its credentials. */
export const locationHostInjection: Check = {
  id: 'location-host-injection',
  group: 'security',
  title: 'Location and links do not name a host that the client made up',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §7.2, §17; CWE-644',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const spoofed = await ask(spoofedHosts)
    if (spoofed.length === 0) return skip('a spoofed Host is only sent when the run may be hostile (--hostile)')
    const answered = spoofed.flatMap(({ by, tried }) =>
      tried.kind === 'answered' ? [{ by, attempt: tried.attempt }] : [],
    )
    const found = answered
      .map(({ by, attempt }) => ({ by, attempt, place: canaryIn(attempt) }))
      .find(({ place }) => place !== undefined)
    if (found?.place !== undefined) {
      // We call from this machine, which many a server trusts as the proxy in front of it.
      const isNear = found.by === 'forwarding headers' && loopback.test(new URL(operation.target.baseUrl).hostname)
      return fail({
        message: `A create named ${canary} in its ${found.by}, and the answer leads there: ${found.place}.${isNear ? ' If the API takes only this machine for its proxy, that is meant.' : ''}`,
        fix: 'Send a path that starts with "/", or build URLs from a configured public base URL; take forwarding headers from known proxies only.',
        evidence: [found.attempt],
        ...(isNear ? { level: 'note' as const } : {}),
      })
    }
    const [one] = answered
    if (one === undefined)
      return inconclusive('no create with a spoofed host was answered', ...spoofed.map(({ tried }) => tried.exchange))
    return pass(...answered.map(({ attempt }) => attempt))
  },
}

function canaryIn(attempt: Attempt): string | undefined {
  // A refusal may say which host it does not know.
  if (!accepted(attempt)) return undefined
  const header = ['location', 'content-location', 'link']
    .flatMap((name) => headerValues(attempt.answer, name).map((value) => ({ name, value })))
    .find(({ value }) => value.includes(canary))
  if (header !== undefined) return `${header.name} is ${quote(header.value)}`
  const link = stringsWithin(attempt.json).find((text) => text.includes(`//${canary}`))
  return link === undefined ? undefined : `the body has ${quote(link)}`
}
