import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'
import { created, createdRead } from '../experiments/created.ts'
import type { Ask } from '../experiments/experiment.ts'
import { locationRead } from '../experiments/location-read.ts'
import type { Operation } from '../experiments/operation.ts'
import type { Check } from './check.ts'

const entityTag = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/** An ETag on 201 is the one that the resource has. */
export const etag201Current: Check = {
  id: 'etag-201-current',
  group: 'conditional requests',
  title: 'The ETag of the answer is the one that a GET shows',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §8.8, §8.8.3, §15.3.2',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const create = await ask(created)
    const tag = headerValue(create.answer, 'etag')
    if (tag === undefined || create.status !== 201) return skip('the answer has no ETag')
    if (!entityTag.test(tag)) {
      return fail({
        message: `The ETag of the answer is ${quote(tag)}. RFC 9110 §8.8.3 wants it in double quotes, with W/ before it if it is weak.`,
        fix: 'Put the tag in double quotes.',
        evidence: [create],
      })
    }
    const answer = await currentAnswer(ask, operation)
    const current = answer === undefined ? undefined : headerValue(answer, 'etag')
    if (answer === undefined || current === undefined)
      return inconclusive('a GET shows no ETag to compare with', create)
    if (opaque(current) === opaque(tag)) return pass(create, answer)
    // A Location that leads to something else is a finding of its own, and has a tag of its own.
    const back = await ask(createdRead)
    if (back.kind !== 'read' || back.answer.request.url !== answer.request.url)
      return inconclusive('Location does not show what was created', create, answer)
    return fail({
      message: `The ETag of the 201 is ${tag}, and a GET right afterwards shows ${current}. On a 201 it is the tag of what was created (RFC 9110 §15.3.2); an If-Match with it would fail.`,
      fix: 'Take the tag from the stored resource, not from the bytes of this answer; or leave it out.',
      evidence: [create, answer],
    })
  },
}

/** What the new resource is answered with: at its Location, or where a PUT put it. */
async function currentAnswer(ask: Ask, { creation }: Operation): Promise<Answer | undefined> {
  if (creation.method === 'PUT') {
    const read = await ask(createdRead)
    return read.kind === 'read' ? read.answer : undefined
  }
  const read = await ask(locationRead)
  return read.kind === 'read' && read.at.response.status === 200 ? read.at : undefined
}

// Proxies that compress weaken a tag on its way; the opaque part stays.
function opaque(tag: string): string {
  return tag.replace(/^W\//, '').replace(/-gzip"$/, '"')
}
