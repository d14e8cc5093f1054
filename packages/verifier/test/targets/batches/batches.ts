import { randomUUID } from 'node:crypto'
import { refusals, said } from '../said.ts'
import { type Answering, serve } from '../serve.ts'
import type { Fault } from '../styles/decisions.ts'
import { parseJson } from '../styles/parse-json.ts'
import { faultsOf, properties, required } from '../styles/schema.ts'
import { inward, outward, plainWords, type Words } from '../styles/words.ts'

/** What became of one item of a batch. */
export interface ItemOutcome {
  readonly at: number
  readonly id: string
  readonly path: string
  /** What was created, as it is shown; undefined where the item was refused. */
  readonly resource?: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]
}

/** Every choice of a service that takes several things at once, right or wrong. */
export interface BatchChoices {
  /** What follows the path of the collection. */
  readonly suffix: string
  /** The member that holds the list, and the one that holds each thing; empty where there is none. */
  readonly holder: string
  readonly wrapper: string
  /** Whether things are also created one by one. */
  readonly single: boolean
  /** What is stored of the items that are valid, where one is not. */
  keeps(outcomes: readonly ItemOutcome[]): readonly ItemOutcome[]
  /** The answer, given what is kept, and what was sent. */
  answer(kept: readonly ItemOutcome[], all: readonly ItemOutcome[]): Answering
}

const isValid = ({ faults }: ItemOutcome) => faults.length === 0
const problem = (status: number, title: string, more: object = {}): Answering => ({
  status,
  headers: { 'Content-Type': 'application/problem+json' },
  body: { status, title, ...more },
})

/** Every violation of a batch, by its place in the list. */
export function refusal(all: readonly ItemOutcome[], status = 400): Answering {
  const errors = all.flatMap(({ at, faults }) =>
    faults.map(({ pointer, detail }) => ({ pointer: `/${at}${pointer}`, detail })),
  )
  return problem(status, 'invalid items', { errors })
}

/** All or nothing: 201 with what was created, 400 with what is wrong. */
const atomic: BatchChoices = {
  suffix: '/bulk',
  holder: '',
  wrapper: '',
  single: true,
  keeps: (outcomes) => (outcomes.every(isValid) ? outcomes : []),
  answer: (kept, all) =>
    all.every(isValid) ? { status: 201, body: kept.map(({ resource }) => resource) } : refusal(all),
}

/** Each for itself: what is valid is stored. */
export const onlyValid = (outcomes: readonly ItemOutcome[]): readonly ItemOutcome[] => outcomes.filter(isValid)

/** Starts a service that takes several things at once, in words. */
export async function startBatches(given: Partial<BatchChoices> = {}, words: Words = plainWords) {
  const choices = { ...atomic, ...given }
  const rows = new Map<string, Record<string, unknown>>()
  const base = `${words.prefix}/${words.collection}`

  const toOutcome = (value: unknown, at: number): ItemOutcome => {
    const holds = choices.wrapper !== '' && typeof value === 'object' && value !== null
    const input = inward(holds ? (value as Record<string, unknown>)[choices.wrapper] : value, words)
    const faults = faultsOf(input, 'strict')
    const id = randomUUID()
    const resource = outward({ id, ...(input as object) }, words)
    return { at, id, path: `${base}/${id}`, faults, ...(faults.length === 0 ? { resource } : {}) }
  }
  const create = (value: unknown): Answering => {
    const list = choices.holder === '' ? value : (value as Record<string, unknown> | null)?.[choices.holder]
    if (!Array.isArray(list) || list.length === 0) return problem(400, 'a list is wanted')
    const all = list.map(toOutcome)
    const kept = choices.keeps(all)
    for (const { id, resource } of kept) rows.set(id, resource ?? { [words.id]: id })
    return choices.answer(kept, all)
  }

  const running = await serve(
    (origin) => toDocument(origin, words, choices),
    (method, url, _, body) => {
      const { pathname } = url
      if (method === 'POST') {
        const parsed = parseJson(body)
        if (parsed === undefined) return problem(400, 'no JSON')
        if (pathname === base + choices.suffix) return create(parsed.value)
        if (pathname !== base || !choices.single) return problem(404, 'not found')
        const one = toOutcome(choices.wrapper === '' ? parsed.value : { [choices.wrapper]: parsed.value }, 0)
        if (one.resource === undefined) return problem(400, 'invalid input', { errors: one.faults })
        rows.set(one.id, one.resource)
        return { status: 201, headers: { Location: one.path }, body: one.resource }
      }
      if (pathname === base) return method === 'GET' ? { status: 200, body: [...rows.values()] } : problem(405, 'no')
      const id = pathname.slice(base.length + 1)
      const row = rows.get(id)
      if (row === undefined) return problem(404, 'unknown')
      if (method === 'DELETE') rows.delete(id)
      return method === 'DELETE' ? { status: 204 } : { status: 200, body: row }
    },
  )
  return { ...running, count: () => rows.size }
}

function toDocument(origin: string, words: Words, { suffix, holder, wrapper, single }: BatchChoices) {
  const thing = {
    type: 'object',
    required: required.map((name) => words.members[name] ?? name),
    properties: outward(properties, words),
    additionalProperties: false,
  }
  const item = wrapper === '' ? thing : { type: 'object', required: [wrapper], properties: { [wrapper]: thing } }
  const list = { type: 'array', minItems: 1, maxItems: 100, items: item }
  const body = holder === '' ? list : { type: 'object', required: [holder], properties: { [holder]: list } }
  const taking = (schema: unknown) => ({ required: true, content: { 'application/json': { schema } } })
  const responses = {
    200: said('results'),
    201: said('created'),
    207: said('results'),
    ...refusals,
  }
  const bulk = { operationId: `add-several-${words.collection}`, requestBody: taking(body), responses }
  const post = {
    operationId: `add-${words.collection}`,
    requestBody: taking(thing),
    responses: { 201: said('created'), ...refusals },
  }
  const get = { responses: { 200: { description: 'all' } } }
  return {
    openapi: '3.1.0',
    info: { title: words.collection, version: '1' },
    servers: [{ url: origin + words.prefix }],
    paths: {
      [`/${words.collection}`]: { get, ...(single ? { post } : {}), ...(suffix === '' ? { post: bulk } : {}) },
      ...(suffix === '' ? {} : { [`/${words.collection}${suffix}`]: { post: bulk } }),
      [`/${words.collection}/{itemKey}`]: {
        parameters: [{ name: 'itemKey', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: { description: 'one' } } },
        delete: { responses: { 204: { description: 'gone' } } },
      },
    },
  }
}
