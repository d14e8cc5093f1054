import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { mediaTypeOf } from '../exchange/header-values.ts'
import { created } from '../experiments/created.ts'
import { locationUrl } from '../experiments/location-url.ts'
import { carries } from '../experiments/marks.ts'
import { selfLink } from '../experiments/resource.ts'
import type { Check } from './check.ts'

/** The answer's content tells the client what came into being, and names it as Location does. */
export const bodyDescribesCreated: Check = {
  id: 'body-describes-created',
  group: 'representation',
  title: 'The body of the answer describes or links to what was created',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.3, §15.3.2; AIP-133',
  async run(ask, operation) {
    const create = await ask(created)
    const { answer, status, json, resource, id } = create
    if (status === 202 || status === 303) return skip(`the answer is ${status}, whose content describes something else`)
    const located = create.locations.length > 0
    const text = answer.response.body
    if (text.trim() === '') {
      if (located) return pass(create)
      return fail({
        message: `The ${status} answer has neither content nor Location: the client cannot learn what it has created (RFC 9110 §15.3.2).`,
        fix: 'Send the created resource as the body, and its URL in Location.',
        evidence: [create],
      })
    }
    const type = mediaTypeOf(answer)
    if (json === undefined) {
      if (/json$/.test(type)) {
        return fail({
          message: `The answer says ${type}, and its content is no JSON: ${quote(text)}.`,
          fix: 'Send valid JSON.',
          evidence: [create],
        })
      }
      return skip(
        `the content of the answer is ${type === '' ? 'of no declared type' : type}, which is not understood here`,
      )
    }
    const self = resource === undefined ? undefined : selfLink(json, resource)
    const place = locationUrl(create, operation)
    if (self !== undefined && place.kind === 'here' && URL.canParse(self, answer.request.url)) {
      const link = new URL(self, answer.request.url)
      if (trimmed(link) !== trimmed(place.url)) {
        return fail({
          message: `The body's link to itself is ${quote(self)} and Location is ${quote(create.locations[0] ?? '')}: they lead to different places.`,
          fix: 'Make both from the same function.',
          evidence: [create],
        })
      }
    }
    if (
      id !== undefined ||
      self !== undefined ||
      Array.isArray(json) ||
      typeof json === 'string' ||
      typeof json === 'number'
    )
      return pass(create)
    if (located && carries(json, create.marks)) return pass(create)
    return fail({
      message: `The body of the answer holds no identifier of, and no link to, what was created: ${quote(text)}. RFC 9110 §15.3.2 expects it to describe and link to the new resource.`,
      fix: 'Send the created resource as the body, with its id.',
      evidence: [create],
    })
  },
}

// Hosts may be spelled in several ways; the way behind them is what has to agree.
function trimmed(url: URL): string {
  return url.pathname.replace(/\/+$/, '') + url.search
}
