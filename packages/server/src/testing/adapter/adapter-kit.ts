import assert from 'node:assert/strict'
import type { CreateContext } from '../../creation/create-context.ts'
import type { CreationRequest } from '../../creation/creation-request.ts'
import { defineCreation } from '../../creation/define-creation.ts'
import { created, type Result } from '../../creation/result.ts'
import type { StandardSchema } from '../../creation/settings/standard-schema.ts'
import { type MemoryTransaction, memoryStore } from '../../stores/memory.ts'
import { createGate, type Gate } from '../gate.ts'
import type { Runner } from '../runner.ts'
import { type HeaderLines, sendRequest, type WireAnswer, type WireRequest } from '../send-request.ts'
import type { AdapterHarness, Mounting, Served } from './adapter-harness.ts'

/** What the creations of the suite create. */
export interface Thing {
  readonly id: string
  readonly name: string
}

type Create = (
  input: { name: string },
  context: CreateContext<MemoryTransaction>,
) => Result<Thing> | Promise<Result<Thing>>

/** The header of nearly every request here. */
export const JSON_TYPE = ['Content-Type', 'application/json'] as const

/** A limit that is small enough to be passed by a test and large enough for every other body here. */
export const MAX_BODY_BYTES = 4_096

/** The address of the creation that is reached through a proxy. */
export const PUBLIC_BASE_URL = 'https://shop.example.org/v1'

/** One service per test, and what its creations saw. */
export interface AdapterKit {
  /** The last request that reached a creation. */
  seen(): CreationRequest
  things(): readonly Thing[]
  /** The fields of every line that the creations logged. */
  lines(): readonly Readonly<Record<string, unknown>>[]
  createBy(create: Create): void
  insertThing: Create
  /** Lets creations enter `create` and wait there. */
  hold(): { readonly entered: Promise<void>; readonly gate: Gate }
  /** Mounts in another way than the usual one; before the first request of a test. */
  mount(mounting: Partial<Pick<Mounting, 'prefix' | 'before' | 'http2'>>): Promise<void>
  origin(): Promise<string>
  /** A creation that nothing is wrong with, unless the test says what is. */
  post(request?: Partial<WireRequest>): Promise<WireAnswer>
}

/** Makes it; what a test mounts is closed after it. */
export function createAdapterKit(harness: AdapterHarness, { beforeEach, afterEach }: Runner): AdapterKit {
  let served: Promise<Served> | undefined
  let store: ReturnType<typeof memoryStore>
  let seen: CreationRequest | undefined
  let create: Create
  let lines: object[]
  let serial = 0

  beforeEach(async () => {
    served = undefined
    store = memoryStore()
    seen = undefined
    create = insertThing
    lines = []
  })
  afterEach(async () => {
    await (await served)?.close()
    await store.close()
  })

  function insertThing(input: { name: string }, { tx }: CreateContext<MemoryTransaction>): Result<Thing> {
    const thing = { id: `t${++serial}`, name: input.name }
    tx.insert('thing', thing.id, thing)
    return created(thing, { Link: '<https://example.org/help>; rel="help"' })
  }

  const note = (fields: object): void => void lines.push(fields)

  function serve(mounting: Partial<Mounting>): Promise<Served> {
    const settings = {
      store,
      principal: (request: CreationRequest) => {
        seen = request
        return 'caller'
      },
      input: named,
      create: (input: { name: string }, context: CreateContext<MemoryTransaction>) => create(input, context),
      duplicates: 'allow' as const,
      idempotency: 'optional' as const,
      maxBodyBytes: MAX_BODY_BYTES,
      log: { info: note, warn: note, error: note },
    }
    const location = '/things/{id}'
    return harness.serve(
      {
        '/things': defineCreation({ ...settings, operation: 'createThing', location }),
        '/parents/{parentId}/things': defineCreation({
          ...settings,
          operation: 'createChild',
          location: '/parents/{parentId}/things/{id}',
        }),
        '/public/things': defineCreation({
          ...settings,
          operation: 'createPublic',
          location,
          publicBaseUrl: PUBLIC_BASE_URL,
        }),
      },
      { prefix: '', before: undefined, http2: false, maxBodyBytes: MAX_BODY_BYTES, ...mounting },
    )
  }

  async function origin(): Promise<string> {
    served ??= serve({})
    return (await served).origin
  }

  return {
    seen() {
      assert.ok(seen, 'No request reached the creation.')
      return seen
    },
    things: () => store.read.all('thing') as unknown as Thing[],
    lines: () => lines as Record<string, unknown>[],
    createBy(other) {
      create = other
    },
    insertThing,
    hold() {
      const [entered, gate] = [createGate(), createGate()]
      create = async (input, context) => {
        entered.open()
        await gate.opened
        return insertThing(input, context)
      }
      return { entered: entered.opened, gate }
    },
    async mount(mounting) {
      served = serve(mounting)
      await served
    },
    origin,
    post: async (request = {}) =>
      sendRequest(await origin(), { path: '/things', headers: [JSON_TYPE], body: '{"name":"tea"}', ...request }),
  }
}

/** The headers of a creation with keys, a line each. */
export function withKey(...keys: readonly string[]): HeaderLines {
  return [JSON_TYPE, ...keys.map((key) => ['Idempotency-Key', key] as const)]
}

/** The answer is that problem of the catalogue, in its media type. */
export function assertProblem({ status, headers, body }: WireAnswer, expected: number, code: string): void {
  assert.equal(status, expected, body)
  assert.match(headers.get('content-type')?.[0] ?? '', /^application\/problem\+json/)
  const problem = JSON.parse(body) as { type: string; status: number }
  assert.equal(problem.type, `/problems/${code}`)
  assert.equal(problem.status, expected)
}

const named: StandardSchema<{ name: string }> = {
  '~standard': {
    version: 1,
    vendor: 'createonce-conformance',
    validate(value) {
      const { name } = (value ?? {}) as { name?: unknown }
      return typeof name === 'string' ? { value: { name } } : { issues: [{ message: 'must be text', path: ['name'] }] }
    },
  },
}
