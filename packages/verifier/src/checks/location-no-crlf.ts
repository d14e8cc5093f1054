import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { canaryHeader, headerBreakers } from '../experiments/header-breakers.ts'
import { carries } from '../experiments/marks.ts'
import type { NamedTry } from '../experiments/named-tries.ts'
import type { Check } from './check.ts'

/** What the client names must fit into a header before it is created, not after. */
export const locationNoCrlf: Check = {
  id: 'location-no-crlf',
  group: 'security',
  title: 'Names that no header can hold neither split Location nor fail after the creation',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §5.5; CWE-113',
  async run(ask) {
    const { tries, listing } = await ask(headerBreakers)
    if (tries.kind === 'impossible') return skip(tries.reason)
    const items = listing?.kind === 'listed' ? listing.items : []
    const evidence = listing?.kind === 'listed' ? listing.evidence : []
    const verdicts = tries.tries.map((one) => judge(one, tries.member, items, evidence))
    const red = verdicts.filter((verdict) => verdict.kind === 'fail')
    return (
      red.find(({ level }) => level === undefined) ??
      red[0] ??
      verdicts.find(({ kind }) => kind === 'inconclusive') ??
      pass(...tries.tries.map(({ tried }) => tried.exchange))
    )
  },
}

function judge({ name, tried }: NamedTry, member: string, items: readonly unknown[], list: readonly number[]): Verdict {
  const { exchange } = tried
  const fix =
    'Encode every part of Location (encodeURIComponent) and build the answer before the commit, so that what cannot be written is refused.'
  const isStored = tried.kind === 'answered' && items.some((item) => carries(item, tried.attempt.marks))
  if (tried.kind === 'unanswered') {
    if (exchange.failure?.reason !== 'not-http') return inconclusive(`a create with ${name} was not answered`, exchange)
    return fail({
      message: `A create with ${name} in ${JSON.stringify(member)}, of which Location is made, got an answer that is no HTTP: ${exchange.failure.detail}.`,
      fix,
      evidence: [exchange],
    })
  }
  const { status } = tried.attempt
  if (headerValues(tried.attempt.answer, canaryHeader).length > 0) {
    return fail({
      message: `A create with ${name} in ${JSON.stringify(member)} got an answer with a header line of the client's making: ${canaryHeader}. Whoever can split headers can set cookies and answer for the server.`,
      fix,
      evidence: [exchange],
    })
  }
  if (status < 500 || status === 503) return pass(exchange)
  return fail({
    message: `A create with ${name} in ${JSON.stringify(member)}, of which Location is made, answered ${status}${isStored ? ', and the resource was created all the same' : ''}.`,
    fix,
    evidence: [exchange, ...(isStored ? [list] : [])],
    ...(isStored ? {} : { level: 'warning' as const }),
  })
}
