import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted } from '../experiments/attempt.ts'
import { largeBody } from '../experiments/large-body.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import type { Check } from './check.ts'

/** Too much content is the client's mistake, and costs the service nothing. */
export const bodyTooLarge413: Check = {
  id: 'body-too-large-413',
  group: 'security',
  title: 'Content that is too large is refused with 413',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §15.5.14',
  async run(ask, { creation }) {
    if (creation.body === undefined) return skip('it has no content')
    if (isFormMediaType(creation.body.mediaType)) return skip('its content is a form')
    const sent = await ask(largeBody)
    if (sent === undefined) return skip('large content is only sent when the run may be hostile (--hostile)')
    const { tried, after } = sent
    const last = tried.at(-1)
    if (last === undefined) return inconclusive('nothing was sent')
    const wrong = (message: string, level?: 'note') =>
      fail({
        message,
        fix: 'Limit the size of content in front of the parser, and answer 413 from there.',
        evidence: [last.exchange, after.exchange],
        ...(level === undefined ? {} : { level }),
      })
    const size = `${last.mebibytes} MiB of content`
    if (after.kind === 'unanswered')
      return wrong(`After ${size} the next create is not answered (${after.exchange.failure?.detail}).`)
    if (last.large.kind === 'unanswered') {
      // A server may answer 413 and close at once: then the answer is lost with the connection.
      return inconclusive(`the connection was closed while ${size} was on its way`, last.exchange)
    }
    const { attempt } = last.large
    if (attempt.status === 413) return pass(last.exchange, after.exchange)
    if (accepted(attempt)) return skip(`${size} is accepted: no limit was met`)
    if (attempt.status >= 500)
      return wrong(`${size} answers ${attempt.status}: the server breaks where it should refuse with 413.`)
    if ([401, 403, 429].includes(attempt.status))
      return inconclusive(`${size} was answered with ${attempt.status}`, last.exchange)
    return wrong(`${size} is refused with ${attempt.status}; 413 would say why.`, 'note')
  },
}
