import type { Creation, JsonSchema, Operation } from '@createonce/verifier/document'
import { NO_BODY } from '../forms/accepted-content.ts'
import { parentsOf } from '../plan/parents-of.ts'
import type { Resource } from '../plan/resource.ts'
import { isScalarBody } from '../plan/scalar-bodies.ts'
import { inputOf, makingOf } from './bodies.ts'
import type { CreateSettings } from './create-route.ts'
import { type RouteContext, showReadOf } from './route-context.ts'

/** What a creation of the document is served by. */
export function createSettings(
  context: RouteContext,
  operation: Operation,
  resource: Resource,
  creation: Creation,
): CreateSettings {
  const { service, plan, guardOf } = context
  const links = new Map(
    creation.parents.flatMap(({ parameter, creation: id }) => {
      const parent = plan.served.find(({ role }) => 'creation' in role && role.creation?.id === id)
      return parent === undefined ? [] : [[parameter, parent.resource.key] as const]
    }),
  )
  const policy = creation.policy.duplicates?.value
  return {
    creation,
    parents: parentsOf(operation.path, plan.resources, links).filter(({ resource: key }) => service.resources.has(key)),
    references: (creation.references ?? []).flatMap(({ pointer, creation: id }) => {
      const referred = plan.served.find(({ role }) => 'creation' in role && role.creation?.id === id)
      return referred === undefined ? [] : [{ pointer, resource: referred.resource.key }]
    }),
    input: inputFor(resource, (creation.batch?.item ?? creation.body)?.schema ?? NO_BODY),
    ...makingOf(resource, (creation.batch?.item ?? creation.body)?.schema),
    ...duplicatesOf(resource, policy),
    isOpen: guardOf(operation) === undefined,
    showRead: showReadOf(context, resource),
  }
}

/** What a body has to be; one that is no object is kept as a member. */
function inputFor({ bodies: { bare } }: Resource, schema: JsonSchema): CreateSettings['input'] {
  const input = inputOf(schema)
  if (bare === undefined || !isScalarBody(schema)) return input
  const { validate } = input['~standard']
  return {
    '~standard': {
      version: 1,
      vendor: 'createonce',
      async validate(value) {
        const result = await validate(value)
        return result.issues === undefined ? { value: { [bare]: result.value } } : result
      },
    },
  }
}

/** An id that a client may give is a natural key, too: two cannot have it, whatever else is allowed. */
function duplicatesOf({ table, bodies }: Resource, policy: CreateSettings['duplicates'] | undefined) {
  const { naturalKey } = table
  if (naturalKey.length > 0) return { naturalKey, duplicates: policy ?? 'reject' }
  const { id, idMember } = bodies
  if (idMember === undefined || id.givenBy === 'server') return { naturalKey, duplicates: 'allow' as const }
  return { naturalKey: [idMember], duplicates: policy === 'return-existing' ? policy : ('reject' as const) }
}
