import { effectiveSchema, type JsonSchema, type Operation, type Parameter } from '@createonce/verifier/document'
import {
  type FoundId,
  findId,
  findResource,
  namesOf as namesWithin,
  type ResourceHints,
  type Rooted,
} from '../shape/shape.ts'
import { ANSWERED, CREATED, declaredBody } from './answer-schema.ts'
import { type Found, inputsOf } from './find-resources.ts'
import { asObject, isScalarBody, scalarMember } from './scalar-bodies.ts'

/** The bodies of a resource: what is sent, what is answered, and which member names one. */
export interface ResourceBodies {
  readonly inputs: readonly Rooted[]
  readonly resources: readonly Rooted[]
  readonly id: Extract<FoundId, { kind: 'id' }>
  readonly idMember: string | undefined
  readonly hints: Omit<ResourceHints, 'wanted'>
  /** The member under which a body is kept that is no object, but one text or number. */
  readonly bare?: string
  /** The members that are known by name; empty where nothing is said. */
  readonly members: ReadonlySet<string>
}

/** Finds the bodies of a resource in the operations on it, or tells why none of it can be named. */
export function bodiesOf(
  group: Found,
  idParameter: Parameter,
  reads: { readonly read: Operation | undefined; readonly lists: readonly Operation[] },
): ResourceBodies | string {
  const sent = inputsOf(group.creations)
  // With those of the branches of a choice.
  const members = new Set(sent.flatMap((schema) => namesWithin(schema, schema).map(([name]) => name)))
  const hints = { members: [...members], idParameter: idParameter.name, noun: group.noun }
  const resources = [
    ...(reads.read === undefined ? [] : shown(reads.read, ANSWERED, { ...hints, wanted: 'one' })),
    ...group.creations.flatMap((creation) => shown(creation, CREATED, { ...hints, wanted: 'one' })),
    ...reads.lists.flatMap((list) => shown(list, ANSWERED, { ...hints, wanted: 'list' })),
  ]
  const scalar = sent.find(isScalarBody)
  const bare = scalar && scalarMember(scalar, group.noun, resources)
  if (bare !== undefined) members.add(bare)
  const inputs = sent.map((schema) =>
    rooted(bare !== undefined && isScalarBody(schema) ? asObject(schema, bare) : schema),
  )
  const id = findId(resources, inputs, idParameter, group.noun)
  if (id.kind === 'unservable') return id.why
  for (const name of resources.flatMap(namesOf)) members.add(name)
  return { inputs, resources, id, idMember: id.member, hints, members, ...(bare !== undefined && { bare }) }
}

function rooted(schema: JsonSchema): Rooted {
  return { schema: effectiveSchema(schema, schema), root: schema }
}

function shown(
  operation: Pick<Operation, 'responses'>,
  statuses: readonly string[],
  hints: ResourceHints,
): readonly Rooted[] {
  const body = declaredBody(operation, statuses)
  if (body.kind !== 'json') return []
  const found = findResource(body.schema, hints)
  return found.kind === 'one' || found.kind === 'list' ? [{ schema: found.schema, root: found.root }] : []
}

function namesOf({ schema }: Rooted): readonly string[] {
  const { properties } = schema
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}
