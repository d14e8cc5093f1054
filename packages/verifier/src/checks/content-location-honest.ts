import { differences } from '../evidence/differences.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { headerValue } from '../exchange/header-values.ts'
import { created, createdRead } from '../experiments/created.ts'
import { secondRead } from '../experiments/second-read.ts'
import type { Check } from './check.ts'

/** Content-Location says that the body is what a GET there would answer; then it has to be. */
export const contentLocationHonest: Check = {
  id: 'content-location-honest',
  group: 'location',
  title: 'With Content-Location equal to Location, the body is the created resource',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §8.7; RFC 7240 §4.2',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const create = await ask(created)
    const { url } = create.answer.request
    const [location] = create.locations
    const content = headerValue(create.answer, 'content-location')
    if (content === undefined || location === undefined)
      return skip('the answer has no Content-Location beside a Location')
    if (!URL.canParse(content, url) || !URL.canParse(location, url))
      return inconclusive('they are no usable URLs', create)
    if (new URL(content, url).href !== new URL(location, url).href)
      return skip('Content-Location names something else than Location')
    const read = await ask(createdRead)
    if (read.kind !== 'read') return inconclusive('what was created could not be read', create)
    const again = await ask(secondRead)
    const moving = new Set(differences(read.resource, again?.resource).map(({ pointer }) => pointer))
    const real = differences(create.json, read.json).filter(
      ({ pointer }) => ![...moving].some((one) => pointer.endsWith(one)),
    )
    if (real.length === 0) return pass(create, read.answer)
    return fail({
      message: `Content-Location equals Location, which says that the body is what a GET there answers (RFC 9110 §8.7); they differ at ${real
        .slice(0, 4)
        .map(({ pointer }) => pointer || 'the whole value')
        .join(', ')}.`,
      fix: 'Answer with the representation that GET gives, or leave Content-Location out.',
      evidence: [create, read.answer],
    })
  },
}
