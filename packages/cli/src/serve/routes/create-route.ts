import {
  type CreationSettings,
  created,
  type DuplicateRule,
  defineCreation,
  etagOf,
  existing,
  invalid,
  parentNotFound,
  type Result,
  type StandardSchema,
} from '@createonce/server'
import type { Creation } from '@createonce/verifier/document'
import type { FastifyRequest } from 'fastify'
import type { ParentAt } from '../plan/parents-of.ts'
import type { Reference, Resource } from '../plan/resource.ts'
import { andThen } from '../rows/and-then.ts'
import type { MaybePromise, Place, State } from '../rows/rows.ts'
import { brokenReferences } from './broken-references.ts'
import { type Made, toMade } from './made.ts'
import { type Look, missingParent } from './missing-parent.ts'
import type { Mounted } from './mounted.ts'
import { placeOf } from './place-of.ts'
import { queryOf } from './query-of.ts'

/** What a new resource is made of. */
export interface Making {
  readonly input: StandardSchema<State>
  /** The id that a new one gets; undefined where the database deals it. */
  readonly idOf: (sent: State) => string | undefined
  /** What is kept of what was sent, with what the server sets. */
  readonly complete: (
    sent: State,
    facts: { readonly now: Date; readonly place: Place; readonly members: State },
  ) => State
}

/** What is known of a creation besides how it is mounted. */
export interface CreateSettings extends Making {
  readonly creation: Creation
  readonly parents: readonly ParentAt[]
  readonly references: readonly Reference[]
  readonly duplicates: 'reject' | 'return-existing' | 'allow'
  /** The members that make two the same; with `allow` none. */
  readonly naturalKey: readonly string[]
  /** Whether a principal has to be known. */
  readonly isOpen: boolean
  readonly showRead: Mounted['show']
}

type Settings = CreationSettings<State, Made, unknown, FastifyRequest>

// Where credentials may be left out, those who do are one principal.
export const ANYBODY = '(anybody)'

/** The creation of the library that an operation is served by. */
export function createRoute(mounted: Mounted, settings: CreateSettings) {
  const { service, show } = mounted
  const { creation, showRead, isOpen } = settings
  const { policy } = creation
  return defineCreation<State, Made, unknown, FastifyRequest>({
    operation: creation.id,
    store: service.rows.store,
    principal: isOpen ? 'anybody' : ({ native }) => service.principalOf(native) ?? ANYBODY,
    input: settings.input,
    create: (sent, { tx, request }) => make(mounted, settings, sent, request, tx),
    duplicates: duplicateRule(settings),
    idempotency: {
      key: policy.idempotency?.value ?? 'optional',
      ...(policy.retention !== undefined && { retention: policy.retention }),
    },
    location: (made: Made) => made.location,
    represent: show,
    etag: (made: Made) => etagOf(showRead(made)),
    // What bodies look like is the document's to say.
    openapi: { input: {}, representation: {} },
    ...shared(service),
  } as Settings & { readonly store: { readonly guarantee?: 'transactional' } })
}

/** The settings that every creation of a service has. */
export function shared(service: Mounted['service']) {
  const { publicBaseUrl, log, observe, maxBodyBytes } = service
  return {
    ...(publicBaseUrl !== undefined && { publicBaseUrl }),
    ...(log !== undefined && { log }),
    ...(observe !== undefined && { observe }),
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
  }
}

function duplicateRule({
  duplicates,
  naturalKey,
}: CreateSettings): 'allow' | DuplicateRule<State, Made, unknown, FastifyRequest> {
  if (duplicates === 'allow' || naturalKey.length === 0) return 'allow'
  // The insertion itself finds the existing one, so nothing is left to be found.
  if (duplicates === 'reject') return { policy: 'reject', naturalKey: naturalKey as never }
  return { policy: 'return-existing', naturalKey: naturalKey as never, find: () => undefined }
}

/** Makes no promise where the database makes none, so that creations on SQLite share a commit. */
function make(
  mounted: Mounted,
  settings: CreateSettings,
  body: State,
  request: FastifyRequest,
  tx: unknown,
): MaybePromise<Result<Made>> {
  const { rows, resources } = mounted.service
  const ownerOf = (of: Resource) => mounted.service.ownerOf(request, of)
  const values = Object.values(request.params as Record<string, string>)
  const look: Look = (other, place, id) => rows.find(tx, other.table, place, id, 'refer')
  return andThen(missingParent(settings.parents, values, ownerOf, resources, look), (missing) => {
    if (missing !== undefined) return parentNotFound(`There is no such ${missing}.`)
    return andThen(brokenReferences(settings.references, body, ownerOf, resources, look), (broken) =>
      broken.length > 0 ? invalid(broken) : insert(mounted, settings, body, request, tx),
    )
  })
}

function insert(
  { service, resource, operation }: Mounted,
  settings: CreateSettings,
  body: State,
  request: FastifyRequest,
  tx: unknown,
): MaybePromise<Result<Made>> {
  const values = Object.values(request.params as Record<string, string>)
  const { place, members } = placeOf(operation.path, values, resource, service.ownerOf(request, resource))
  const asked = { ...members, ...queryMembers({ service, operation }, request) }
  const state = settings.complete(body, { now: service.now(), place, members: asked })
  const id = settings.idOf(body)
  const { idMember, id: ids } = resource.bodies
  if (id === undefined && ids.givenBy === 'client')
    return invalid([{ pointer: `/${idMember}`, detail: 'is no name that a path can hold' }])
  const insertion = service.rows.insert(tx, resource.table, place, { ...(id !== undefined && { id }), state })
  return andThen(insertion, ({ kind, row }) => {
    const made = toMade(resource, place, row)
    return kind === 'inserted' ? created(made) : existing(made)
  })
}

/** What a document asks for in the query of a creation belongs to what is created. */
function queryMembers(
  { operation: { parameters }, service }: Pick<Mounted, 'service' | 'operation'>,
  request: FastifyRequest,
): State {
  const declared = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name))
  if (declared.size === 0) return {}
  return Object.fromEntries([...queryOf(request, service)].filter(([name]) => declared.has(name)))
}
