import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { locationUrl } from '../experiments/location-url.ts'
import type { NamedTry } from '../experiments/named-tries.ts'
import type { Operation } from '../experiments/operation.ts'
import { type Led, pathBreakers } from '../experiments/path-breakers.ts'
import type { Check } from './check.ts'

/** A name is one segment of a path, whatever is in it. */
export const locationPathEncoding: Check = {
  id: 'location-path-encoding',
  group: 'security',
  title: 'Names of the client stand in Location as one encoded segment, or are refused',
  level: 'error',
  basis: 'derived',
  source: 'RFC 3986 §3.3, §4.2, §5.2.4; CWE-601',
  async run(ask, operation) {
    const { tries, led, isFollowed } = await ask(pathBreakers)
    if (tries.kind === 'impossible') return skip(tries.reason)
    const home = homeOf(tries.first, operation)
    const verdicts = tries.tries.map((one) => judge(one, led.get(one), home, operation, isFollowed))
    const red = verdicts.find(({ kind }) => kind === 'fail')
    if (red !== undefined) return red
    return (
      verdicts.find(({ kind }) => kind === 'inconclusive') ?? pass(...tries.tries.map(({ tried }) => tried.exchange))
    )
  },
}

/** The path below which the Location of an ordinary name lies. */
function homeOf(first: Attempt, operation: Operation): string {
  const place = locationUrl(first, operation)
  return place.kind === 'here' ? place.url.pathname.replace(/[^/]+\/?$/, '') : '/'
}

function judge(
  { name, value, tried }: NamedTry,
  led: Led | undefined,
  home: string,
  operation: Operation,
  isFollowed: boolean,
): Verdict {
  if (tried.kind === 'unanswered') return inconclusive(`a create with ${name} was not answered`, tried.exchange)
  const { attempt } = tried
  if (attempt.status >= 500) return inconclusive(`a create with ${name} answered ${attempt.status}`, attempt)
  const [location] = attempt.locations
  // Refused is right; and where the name is not used, as for a duplicate, there is nothing to encode.
  if (!accepted(attempt) || location === undefined) return pass(attempt)
  const wrong = (what: string): Verdict =>
    fail({
      message: `What was created as ${quote(value)} (${name}) has the Location ${quote(location)}, ${what}`,
      fix: 'Write names into Location with encodeURIComponent, refuse "." and ".." in every spelling, and decode the segment where it is routed; or use ids of the server.',
      evidence: [attempt, ...(led === undefined ? [] : [led.answer])],
    })
  if (/[^\x21-\x7e]|[<>"{}|\\^`]/.test(location)) return wrong('which holds characters that no URI may.')
  const place = locationUrl(attempt, operation)
  if (place.kind === 'foreign') return wrong(`which leads to another host: ${place.url.host}.`)
  if (place.kind !== 'here') return wrong('which is no URI.')
  const { pathname } = place.url
  if (!pathname.startsWith(home) || pathname.length === home.length) return wrong(`which leads out of ${home}.`)
  if (led === undefined || led.to === 'it') return pass(attempt)
  const { status } = led.answer.response
  if (!isFollowed || led.to === 'unclear') {
    const reason = `whether Location leads to the resource cannot be seen: it answered ${status}`
    return inconclusive(reason, attempt, led.answer)
  }
  return wrong(`where ${led.to} is (GET answers ${status}); that of an ordinary name leads to its resource.`)
}
