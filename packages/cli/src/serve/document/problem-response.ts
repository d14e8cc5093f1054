import type { OpenApiObject } from '@createonce/server/openapi'

/** The name of the schema of problems among the components of a served document. */
export const PROBLEM = 'CreateonceProblem'

/** A response with a problem. */
export function problemResponse(description: string, headers: OpenApiObject = {}): OpenApiObject {
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } } },
  }
}
