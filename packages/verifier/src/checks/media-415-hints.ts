import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { mediaTypes } from '../experiments/media-types.ts'
import type { Check } from './check.ts'

/** A 415 that names what would be accepted names the right thing. */
export const media415Hints: Check = {
  id: 'media-415-hints',
  group: 'media types and methods',
  title: 'Where a 415 says which types are accepted, the right one is among them',
  level: 'note',
  basis: 'standard',
  source: 'RFC 9110 §15.5.16, §12.5.1; LDP §7.1',
  async run(ask, { creation }) {
    const refusals = (await ask(mediaTypes)).flatMap(({ tried }) =>
      tried.kind === 'answered' && tried.attempt.status === 415 ? [tried.exchange] : [],
    )
    if (refusals.length === 0) return skip('nothing was answered with 415')
    const hints = refusals.flatMap((answer) =>
      ['accept-post', 'accept'].flatMap((name) => {
        const lines = headerValues(answer, name)
        return lines.length === 0 ? [] : [{ answer, name, line: lines.join(', ') }]
      }),
    )
    if (hints.length === 0) return skip('the 415 does not say which types are accepted')
    const own = (creation.body?.mediaType ?? 'application/json').toLowerCase()
    const wrong = hints.find(({ line }) => !names(line, own))
    if (wrong === undefined) return pass(...hints.map(({ answer }) => answer))
    return fail({
      message: `The 415 has ${wrong.name}: ${quote(wrong.line)}, and ${own} is accepted.`,
      fix: 'Name the types that the operation takes, in Accept-Post (for POST) or Accept.',
      evidence: [wrong.answer],
    })
  },
}

function names(line: string, own: string): boolean {
  const [kind = ''] = own.split('/')
  return line
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';')[0]?.trim())
    .some((one) => one === own || one === '*/*' || one === `${kind}/*`)
}
