import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { mediaTypes } from '../experiments/media-types.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import type { Check } from './check.ts'

/** The label decides how content is read; an unknown label is not guessed at. */
export const unsupportedMedia415: Check = {
  id: 'unsupported-media-415',
  group: 'media types and methods',
  title: 'Content of an unsupported type is answered with 415',
  level: 'warning',
  basis: 'derived',
  source: 'RFC 9110 §15.5.16; JSON:API 1.1; LDP §7.1',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    if (operation.creation.body === undefined) return skip('it has no content')
    if (isFormMediaType(operation.creation.body.mediaType)) return skip('its content is a form')
    const outcomes = await ask(mediaTypes)
    const status = (one: (typeof outcomes)[number]) => (one.tried.kind === 'answered' ? one.tried.attempt.status : 500)
    const refusedWrongly = outcomes.filter((one) => one.supported && status(one) === 415)
    if (refusedWrongly.length > 0) {
      return fail({
        message: `Content as ${listed(refusedWrongly.map(({ label }) => label))} is refused with 415: a parameter of a media type does not make another type of it.`,
        fix: 'Compare the media type without its parameters.',
        evidence: refusedWrongly.map(({ tried }) => tried.exchange),
      })
    }
    const wrong = outcomes.filter((one) => !one.supported && status(one) !== 415)
    if (wrong.length === 0) return pass(...outcomes.map(({ tried }) => tried.exchange))
    const grave = wrong.filter((one) => status(one) < 400 || status(one) >= 500)
    const shown = grave.length > 0 ? grave : wrong
    return fail({
      message: `Valid JSON under a label that is not JSON's should be answered with 415 (RFC 9110 §15.5.16). Seen: ${listed(shown.map((one) => `${one.label} → ${status(one)}`))}.`,
      fix: 'Check Content-Type before parsing. Parsing text/plain as JSON also opens the API to forged cross-site requests.',
      evidence: shown.map(({ tried }) => tried.exchange),
      // Another 4xx refuses as well, for a reason that the client may misread.
      ...(grave.length > 0 ? {} : { level: 'note' as const }),
    })
  },
}
