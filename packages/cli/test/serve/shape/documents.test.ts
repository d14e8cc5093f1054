import { fileURLToPath } from 'node:url'
import { type Creation, type JsonSchema, readDocument } from '@createonce/verifier/document'
import { describe, expect, it } from 'vitest'
import { declaredBody } from '../../../src/serve/plan/answer-schema.ts'
import type { Resource } from '../../../src/serve/plan/resource.ts'
import { toPlan } from '../../../src/serve/plan/to-plan.ts'
import { fit, namesOf } from '../../../src/serve/shape/fit.ts'
import {
  completeState,
  type FoundResource,
  findId,
  findResource,
  toInput,
  toShaper,
} from '../../../src/serve/shape/shape.ts'
import { smallest } from '../../../src/serve/shape/smallest.ts'
import { facts, faultsOf, NOW, rooted } from './support.ts'

const repository = new URL('../../../../../', import.meta.url)
const documents = ['packages/cli/test/targets/json-server.openapi.yaml', 'examples/flask/openapi.json']

/** A body with a value for every member that the schema names. */
function bodyFor(schema: JsonSchema): { readonly [member: string]: unknown } {
  const all = namesOf(schema, schema).map(([name, part]) => [name, smallest(part, schema, { now: NOW })] as const)
  return fit(schema, Object.fromEntries(all), { root: schema, moment: { now: NOW } }) as never
}

describe.each(documents)('%s', async (file) => {
  const { document } = await readDocument(fileURLToPath(new URL(file, repository)))
  const plan = toPlan(document)
  const creations = plan.served.flatMap(({ role, resource, operation }) =>
    'creation' in role && role.creation !== undefined ? [[operation.path, role.creation, resource] as const] : [],
  )

  it('has something to create', () => {
    expect(creations.length).toBeGreaterThan(0)
  })

  it.each(creations)('%s is answered, read and listed as the document says', async (_, creation, resource) => {
    const input = creation.body?.schema ?? { type: 'object' }
    const answers = answersOf(creation, resource)
    const shown = answers.flatMap((one) => (one.kind === 'one' || one.kind === 'list' ? [one] : []))
    const id = findId(shown, [rooted(input)], resource.idParameter, resource.noun)
    if (id.kind !== 'id') throw new Error(id.why)
    const checked = await toInput(input)['~standard'].validate(bodyFor(input))
    if (checked.issues !== undefined) throw new Error(JSON.stringify(checked.issues))
    const bodies = { resources: shown, inputs: [rooted(input)], idMember: id.member }
    const state = completeState(bodies, checked.value, facts)
    const one = { id: id.sent(checked.value) ?? id.make(Math.random)!, state, location: '/there' }
    expect(shown.length).toBeGreaterThan(0)
    for (const found of shown) {
      const shaper = toShaper(found, id, resource.noun, one)
      if (shaper.kind !== 'shaper') throw new Error(shaper.why)
      const page = { count: 1, total: 1, limit: 10, offset: 0, hasMore: false }
      const body = shaper.shape([one], { status: 201, location: '/there', page })
      expect(faultsOf(found.root, body)).toEqual([])
      expect(JSON.stringify(body)).toContain(one.id)
    }
  })

  function answersOf({ path, method, body }: Creation, resource: Resource): readonly FoundResource[] {
    const members = namesOf(body?.schema, body?.schema ?? {}).map(([name]) => name)
    return plan.served.flatMap(({ operation, role, resource: of }) => {
      const isOther = role.kind === 'create' && (operation.path !== path || operation.method !== method)
      if (of !== resource || isOther || role.kind === 'delete') return []
      const wanted = role.kind === 'list' ? ('list' as const) : ('one' as const)
      const declared = declaredBody(operation, role.kind === 'create' ? ['201', '200'] : ['200', '201'])
      if (declared.kind !== 'json') return []
      return [
        findResource(declared.schema, { members, idParameter: resource.idParameter.name, noun: resource.noun, wanted }),
      ]
    })
  }
})
