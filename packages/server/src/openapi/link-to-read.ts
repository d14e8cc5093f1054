import type { ReadOperation } from './find-read.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { resolveRef } from './resolve-ref.ts'

/**
 * The link from a 201 to the operation that reads the resource (OpenAPI 3.1 §4.8.20): each parameter comes from the path
 * that was asked for, or from the representation. None where the representation does not hold what is needed.
 */
export function linkToRead(
  document: OpenApiObject,
  { path, operation, variables }: ReadOperation,
  asked: string,
  representation: OpenApiObject | undefined,
): OpenApiObject {
  const members = resolveRef(document, representation)?.['properties'] as object | undefined
  const parameters: Record<string, string> = {}
  for (const [parameter, variable] of variables) {
    const isInPath = asked.includes(`{${variable}}`)
    if (!isInPath && members !== undefined && !(variable in members)) return {}
    parameters[parameter] = isInPath ? `$request.path.${variable}` : `$response.body#/${variable}`
  }
  const id: unknown = operation['operationId']
  const target =
    typeof id === 'string'
      ? { operationId: id }
      : { operationRef: `#/paths/${encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))}/get` }
  return { read: { ...target, parameters } }
}
