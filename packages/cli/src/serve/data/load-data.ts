import { randomUUID } from 'node:crypto'
import type { Creation, DefinedCreation } from '@createonce/server'
import { inBulk } from '@createonce/server/bulk'
import type { Operation } from '@createonce/verifier/document'
import type { FastifyRequest } from 'fastify'
import { UsageError } from '../../usage-error.ts'
import type { Plan } from '../plan/plan.ts'
import { placeOf } from '../routes/place-of.ts'
import type { Rows } from '../rows/rows.ts'
import { setPrincipal } from '../security/principal-of.ts'
import type { InitialData } from './read-data.ts'

/** What loading needs of a service. */
export interface LoadOptions {
  readonly data: InitialData
  readonly plan: Plan
  /** By `POST /orders`. */
  readonly creations: ReadonlyMap<string, Creation>
  readonly rows: Rows<unknown>
  /** Whose the resources of an operation are: a principal, or `''`. */
  readonly ownerOf: (operation: Operation) => string
}

/** How much was there to be done. */
export interface Loaded {
  readonly created: number
  /** Collections that have something in them, and were left alone. */
  readonly leftAlone: readonly string[]
}

// All of a collection is created by one transaction, which others wait for.
const MAX_ITEMS = 10_000

/**
 * Creates the initial resources by the creations themselves, in the order of the file: all of a collection in one
 * transaction, and only where nothing is in it. So a start that is killed leaves no half of a collection, and the next one
 * creates nothing twice.
 */
export async function loadData({ data, plan, creations, rows, ownerOf }: LoadOptions): Promise<Loaded> {
  let created = 0
  const leftAlone: string[] = []
  for (const { path, items } of data) {
    const { creation, operation, resource, values, isKeyed } = creationAt(path, plan, creations)
    if (items.length > MAX_ITEMS)
      throw new UsageError(`The data has ${items.length} resources for ${path}; at most ${MAX_ITEMS} are taken.`)
    const owner = ownerOf(operation)
    const { place, members } = placeOf(operation.path, values, resource, owner)
    const filters = Object.entries(members).map(([member, value]) => ({ member, value }))
    const { total } = await rows.list(resource.table, place, { filters, limit: 1 })
    if (total > 0 || items.length === 0) {
      if (total > 0) leftAlone.push(path)
      continue
    }
    const params = Object.fromEntries(values.map((value, index) => [`p${index}`, value]))
    const all = inBulk(creation, {
      operation: `${creation.operation}.data`.slice(0, 200),
      maxItems: MAX_ITEMS,
      maxBodyBytes: Number.MAX_SAFE_INTEGER,
    })
    const answer = await all.handle({
      method: 'POST',
      path,
      query: '',
      params,
      // One that clients need is needed here too. It is never sent again: what is there is left alone.
      headers: { 'content-type': 'application/json', ...(isKeyed && { 'idempotency-key': randomUUID() }) },
      body: { kind: 'raw', bytes: Buffer.from(JSON.stringify(items)) },
      requestId: `data ${path}`,
      native: requestOf(owner, params),
    })
    if (answer.status !== 201) throw refused(path, answer.body)
    created += items.length
  }
  return { created, leftAlone }
}

function creationAt(path: string, plan: Plan, creations: LoadOptions['creations']) {
  const segments = path.replace(/\/$/, '').split('/')
  for (const { operation, role, resource } of plan.served) {
    if (role.kind !== 'create') continue
    const template = operation.path.replace(/\/$/, '').split('/')
    const fits =
      template.length === segments.length && template.every((part, at) => part.includes('{') || part === segments[at])
    if (!fits) continue
    const values = template.flatMap((part, at) => (part.includes('{') ? [decodeURIComponent(segments[at]!)] : []))
    // What a plan serves as `create` was made by defineCreation.
    const creation = creations.get(`${operation.method} ${operation.path}`) as DefinedCreation<
      FastifyRequest,
      'transactional'
    >
    const isKeyed = role.creation.policy.idempotency?.value === 'required'
    return { creation, operation, resource, values, isKeyed }
  }
  const known = plan.served.filter(({ role }) => role.kind === 'create').map(({ operation }) => operation.path)
  throw new UsageError(
    `The data has resources for ${JSON.stringify(path)}, where nothing is created. There is: ${known.slice(0, 20).join(', ') || 'nothing'}.`,
  )
}

function refused(path: string, body: string | undefined): UsageError {
  const { detail = '', errors = [] } = JSON.parse(body ?? '{}') as {
    detail?: string
    errors?: readonly { pointer: string; detail: string }[]
  }
  const faults = errors.slice(0, 5).map((fault) => `${fault.pointer || 'the body'} ${fault.detail}`)
  return new UsageError(`The data for ${path} is refused (pointers count from 0): ${[detail, ...faults].join(' ')}`)
}

/** The request of a principal who did not ask over HTTP. */
function requestOf(owner: string, params: Readonly<Record<string, string>>): FastifyRequest {
  const request = { headers: {}, originalUrl: '', params } as unknown as FastifyRequest
  if (owner !== '') setPrincipal(request, owner)
  return request
}
