import { loadTarget, type Report, verify } from '@createonce/verifier'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { body, creating, type ServedDocument, serveDocument } from '../serve-document.ts'

const note = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string', minLength: 1 },
    stars: { type: 'integer', minimum: 0 },
    price: { type: 'number' },
    isOpen: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
    place: { type: 'object', properties: { city: { type: 'string' } } },
    photo: { type: 'string', format: 'binary' },
  },
}
const deep = {
  required: true,
  content: {
    'application/x-www-form-urlencoded': { schema: note, encoding: { place: { style: 'deepObject', explode: true } } },
  },
}

let served: ServedDocument

beforeAll(async () => {
  served = await serveDocument({
    ...creating('/notes', body(note, 'application/x-www-form-urlencoded')),
    ...creating('/parts', body(note, 'multipart/form-data')),
    ...creating('/deep', deep),
    ...creating('/tickets', undefined),
  })
})

afterAll(() => served.close())

it('is created and found right by the verifier, whatever content the document has', async () => {
  const target = await loadTarget(served.file, { baseUrl: served.url })
  const { results } = await run(verify({ target, hostile: true, seed: 1, sleep: async () => {} }))
  const created = results.filter(({ check, verdict }) => check === 'created-status-201' && verdict === 'pass')
  expect(created.map(({ operation }) => operation)).toEqual(
    ['notes', 'parts', 'deep', 'tickets'].map((name) => `POST /${name}`),
  )
  const wrong = results.filter(({ verdict, level }) => verdict === 'error' || (verdict === 'fail' && level !== 'note'))
  // What the document does not declare is told elsewhere; here it is the content that is judged.
  const ours = wrong.filter(({ check }) => !check.startsWith('doc-'))
  expect(ours.map(({ check, operation, message }) => `${check} ${operation}: ${message}`)).toEqual([])
})

async function run(running: ReturnType<typeof verify>): Promise<Report> {
  for (;;) {
    const step = await running.next()
    if (step.done) return step.value
  }
}
