import {
  created,
  type Creation as Defined,
  etagOf,
  existing,
  type InputError,
  invalid,
  parentNotFound,
  type Result,
  type StandardSchema,
} from '@createonce/server'
import { definePut, type PutSettings, replaced } from '@createonce/server/put'
import type { Creation } from '@createonce/verifier/document'
import type { FastifyRequest } from 'fastify'
import type { State } from '../rows/rows.ts'
import { ANYBODY, type CreateSettings, shared } from './create-route.ts'
import { type Made, toMade } from './made.ts'
import { missingParent } from './missing-parent.ts'
import { addressOf, type Mounted } from './mounted.ts'

/** The name of the route's parameter for the id: no member of a body has it. */
export const ID_PARAMETER = 'createonce_id'

/** What is known of a PUT besides how it is mounted. */
export interface PutRouteSettings
  extends Pick<CreateSettings, 'input' | 'complete' | 'parents' | 'isOpen' | 'showRead' | 'naturalKey'> {
  /** Absent where a PUT only replaces. */
  readonly creation: Creation | undefined
  /** The name under which keys are kept. */
  readonly name: string
  /** What the server set when it was made, kept through a replacement. */
  readonly keep: (before: State, after: State) => State
  /** The member of the body that repeats the id. */
  readonly idMember: string | undefined
}

/** What a PUT puts: the body, and the name in the path. */
interface Put {
  readonly id: string
  readonly body: State
}

type Settings = PutSettings<Put, Made, unknown, FastifyRequest>

/** PUT of one: creates it where the document says so, and replaces what is there. */
export function putRoute(mounted: Mounted, settings: PutRouteSettings): Defined<FastifyRequest> {
  const { service, resource, show } = mounted
  const { rows, resources } = service
  const { creation, showRead, isOpen, complete, parents, naturalKey } = settings
  return definePut<Put, Made, unknown, FastifyRequest>({
    operation: settings.name,
    name: ID_PARAMETER,
    store: rows.store as Settings['store'],
    principal: isOpen ? 'anybody' : ({ native }) => service.principalOf(native) ?? ANYBODY,
    input: namedInput(settings.input, settings.idMember),
    async create({ id, body }, { tx, request }): Promise<Result<Made>> {
      if (creation === undefined) return parentNotFound(`There is no such ${resource.noun}, and a PUT makes none.`)
      const { place } = addressOf(mounted, request)
      const values = [...place.parents, id]
      const look = (other: typeof resource, at: typeof place, which: string) =>
        rows.find(tx, other.table, at, which, 'refer')
      const missing = await missingParent(parents, values, (of) => service.ownerOf(request, of), resources, look)
      if (missing !== undefined) return parentNotFound(`There is no such ${missing}.`)
      const state = complete(body, { now: service.now(), place, members: {} })
      const inserted = await rows.insert(tx, resource.table, place, { id, state })
      const made = toMade(resource, place, inserted.row)
      if (inserted.kind === 'inserted') return created(made)
      return inserted.by === 'id' ? existing(made) : invalid(taken(naturalKey))
    },
    async find(id, { tx, request }) {
      const { place } = addressOf(mounted, request)
      const row = await rows.find(tx, resource.table, place, id)
      return row === undefined ? undefined : toMade(resource, place, row)
    },
    async replace({ place, row }, { body }, { tx }) {
      const state = settings.keep(row.state, complete(body, { now: service.now(), place, members: {} }))
      const done = await rows.replace(tx, resource.table, place, row.id, state)
      if (done.kind === 'replaced') return replaced(toMade(resource, place, done.row))
      return done.kind === 'taken' ? invalid(taken(naturalKey)) : parentNotFound(`There is no such ${resource.noun}.`)
    },
    duplicates: 'allow',
    condition: 'optional',
    idempotency: creation?.policy.idempotency?.value ?? 'optional',
    location: (made) => made.location,
    represent: show,
    etag: (made) => etagOf(showRead(made)),
    // What bodies look like is the document's to say.
    openapi: { input: {}, representation: {} },
    ...shared(service),
  } as Settings)
}

/** The library puts the name of the path into the body under a name of its own; the document's schema knows nothing of it. */
function namedInput(input: StandardSchema<State>, idMember: string | undefined): StandardSchema<Put> {
  return {
    '~standard': {
      version: 1,
      vendor: 'createonce',
      async validate(value) {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
          return { issues: [{ message: 'must be an object' }] }
        const { [ID_PARAMETER]: name, ...body } = value as State
        const id = String(name)
        const own = idMember === undefined ? undefined : body[idMember]
        if ((typeof own === 'string' || typeof own === 'number') && String(own) !== id)
          return { issues: [{ message: 'is not the one in the path', path: [idMember!] }] }
        const result = await input['~standard'].validate(withId(body, idMember, id, own))
        return result.issues === undefined ? { value: { id, body: result.value } } : result
      },
    },
  }
}

/** A schema may require the id that the path has already. */
function withId(body: State, idMember: string | undefined, id: string, own: unknown): State {
  return idMember === undefined || own !== undefined ? body : { ...body, [idMember]: id }
}

function taken(naturalKey: readonly string[]): readonly InputError[] {
  return naturalKey.map((member) => ({ pointer: `/${member}`, detail: 'belongs to another one that exists' }))
}
