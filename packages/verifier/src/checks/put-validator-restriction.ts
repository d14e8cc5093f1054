import { differences } from '../evidence/differences.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { headerValue } from '../exchange/header-values.ts'
import { created, createdRead } from '../experiments/created.ts'
import { carries } from '../experiments/marks.ts'
import type { Check } from './check.ts'

const validators = ['ETag', 'Last-Modified']

/** A tag in the answer to a PUT tells the client that what it has is what is stored. */
export const putValidatorRestriction: Check = {
  id: 'put-validator-restriction',
  group: 'conditional requests',
  title: 'A PUT is answered with a validator only when what was sent was stored as it is',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §9.3.4',
  methods: ['PUT'],
  async run(ask) {
    const create = await ask(created)
    const sent = validators.filter((name) => headerValue(create.answer, name) !== undefined)
    if (sent.length === 0) return pass(create)
    if (create.body === undefined) return skip('nothing was sent that could be stored otherwise')
    const read = await ask(createdRead)
    if (read.kind !== 'read' || read.json === undefined)
      return inconclusive('nothing shows whether what was sent was stored as it is', create)
    const changed = differences(create.body, read.json)
    if (changed.length === 0) return pass(create, read.answer)
    const places = changed.slice(0, 4).map(({ pointer }) => pointer || 'the whole value')
    return fail({
      message: `The answer to the PUT has ${listed(sent)}, and what is stored is not what was sent (${listed(places)}). RFC 9110 §9.3.4: an origin server MUST NOT send a validator unless it was saved without any transformation; the client would take its own copy for the current one.`,
      fix: 'Leave ETag and Last-Modified out of answers to PUT where the server adds or changes members; the client gets them with a GET.',
      evidence: [create, read.answer],
      // Who is shown what is stored is not misled by its tag, and other guidelines ask for it (Azure).
      ...(carries(create.json, create.marks) ? { level: 'note' as const } : {}),
    })
  },
}
