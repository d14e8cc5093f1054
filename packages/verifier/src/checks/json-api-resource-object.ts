import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created } from '../experiments/created.ts'
import { isObject } from '../experiments/json-node.ts'
import type { Check } from './check.ts'

/** A client of JSON:API finds the new resource by its type and id. */
export const jsonApiResourceObject: Check = {
  id: 'json-api-resource-object',
  guidelines: ['json-api'],
  group: 'representation',
  title: 'The 201 has the created resource as data, with type and id',
  level: 'error',
  basis: 'guideline',
  source: 'JSON:API 1.1, Creating Resources, Resource Objects (MUST)',
  async run(ask) {
    const create = await ask(created)
    if (create.status !== 201) return skip(`the create answered ${create.status}`)
    const document = create.json
    const data = isObject(document) ? document['data'] : undefined
    const faults = isObject(data) ? faultsOf(data) : ['there is no resource object in data']
    if (isObject(document) && 'errors' in document) faults.push('there are errors in a 201')
    if (faults.length === 0) return pass(create)
    return fail({
      message: `The 201 is no JSON:API document of the created resource: ${listed(faults)}. JSON:API 1.1: the response must include a document that contains the primary resource created, and a resource object has id and type, both strings.`,
      fix: 'Answer {"data": {"type": …, "id": "…", "attributes": {…}}}, the id as a string; or 204 where the client chose the id and nothing was changed.',
      evidence: [create],
    })
  },
}

function faultsOf(data: Readonly<Record<string, unknown>>): string[] {
  return ['type', 'id']
    .filter((name) => typeof data[name] !== 'string' || data[name] === '')
    .map((name) => (data[name] === undefined ? `data has no ${name}` : `data.${name} is no string`))
}
