import type { OpenApiObject } from '@createonce/server/openapi'
import { problemResponse } from './problem-response.ts'

/** The operation that reads what a Location names, where the document has none. */
export function readOperation(noun: string, like: OpenApiObject): OpenApiObject {
  return {
    summary: `Read one ${noun}`,
    description: 'Not in the document; served because a Location has to lead somewhere.',
    ...like,
    responses: { ...like['responses'], 404: problemResponse('There is no such resource.') },
  }
}
