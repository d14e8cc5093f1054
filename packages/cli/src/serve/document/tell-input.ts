import type { OpenApiObject } from '@createonce/server/openapi'
import type { ServedOperation } from '../plan/plan.ts'
import { resolve } from './resolve.ts'

/**
 * Says in the schemas of a request what the document leaves open: that the server makes the id, and that members which are
 * not named are kept. Neither changes what a body may be.
 */
export function tellInput(document: OpenApiObject, here: OpenApiObject, { resource, role }: ServedOperation): void {
  const { id, idMember } = resource.bodies
  const body = resolve(document, (here['requestBody'] ?? {}) as OpenApiObject)
  for (const media of Object.values((body['content'] ?? {}) as OpenApiObject)) {
    const schema = resolve(document, ((media as OpenApiObject)['schema'] ?? {}) as OpenApiObject)
    const one = role.kind === 'create-many' ? resolve(document, (schema['items'] ?? {}) as OpenApiObject) : schema
    const properties = one['properties'] as OpenApiObject | undefined
    // What a composed schema closes elsewhere may not be opened here.
    if (properties === undefined || one['allOf'] !== undefined) continue
    if (one['additionalProperties'] === undefined && one['unevaluatedProperties'] === undefined)
      one['additionalProperties'] = true
    const member =
      id.givenBy === 'server' && idMember !== undefined && Object.hasOwn(properties, idMember)
        ? (properties[idMember] as OpenApiObject)
        : undefined
    if (member !== undefined && member['$ref'] === undefined && member['writeOnly'] === undefined)
      member['readOnly'] ??= true
  }
}
