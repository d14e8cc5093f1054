import type { JsonSchema } from '@createonce/verifier/document'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { State } from '../../../src/serve/rows/rows.ts'
import { completeState, findId, findResource, type ResourceHints, toShaper } from '../../../src/serve/shape/shape.ts'

export const NOW = new Date('2026-01-02T03:04:05.678Z')
export const facts = { now: NOW, members: {}, random: () => 0.5 }

/** A schema as authors write them. */
export const rooted = (schema: object) => ({ schema: schema as JsonSchema, root: schema as JsonSchema })

const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, multipleOfPrecision: 6 })
addFormats.default(ajv)

/** What an independent validator has against a value; empty where it is valid. */
export function faultsOf(schema: object, value: unknown): readonly string[] {
  const validate = ajv.compile(schema)
  return validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** An object schema of these members. */
export function object(properties: object, required: readonly string[] = [], more: object = {}): JsonSchema {
  return { type: 'object', properties, required, ...more } as JsonSchema
}

export interface Served {
  readonly input: JsonSchema
  readonly output: JsonSchema
  readonly sent: State
  readonly noun?: string
  readonly parameter?: { readonly name: string; readonly schema: JsonSchema }
  readonly wanted?: ResourceHints['wanted']
  readonly members?: State
  readonly id?: string
}

/** One resource from what was sent to the body of an answer, as a service takes it; a sentence where it cannot. */
export function serve(served: Served): unknown {
  const { input, output, sent, noun = 'order', wanted = 'one', members = {}, id = '7' } = served
  const { parameter = { name: 'orderId', schema: { type: 'integer' } } } = served
  const names = Object.keys((input['properties'] as object) ?? {})
  const found = findResource(output, { members: names, idParameter: parameter.name, noun, wanted })
  if (found.kind === 'unservable') return found.why
  const resources = found.kind === 'one' || found.kind === 'list' ? [found] : []
  const foundId = findId(resources, [rooted(input)], parameter, noun)
  if (foundId.kind === 'unservable') return foundId.why
  const bodies = { resources, inputs: [rooted(input)], idMember: foundId.member }
  const state = completeState(bodies, sent, { ...facts, members })
  const shown = { id, state, location: `/orders/${id}` }
  const shaper = toShaper(found, foundId, noun, shown)
  if (shaper.kind === 'unservable') return shaper.why
  const page = { count: 1, total: 21, limit: 10, offset: 10, hasMore: true, next: '/orders?page=3' }
  return shaper.shape([shown], { status: 201, location: shown.location, ...(wanted === 'list' && { page }) })
}
