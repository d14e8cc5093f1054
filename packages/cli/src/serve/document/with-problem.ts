import type { OpenApiObject } from '@createonce/server/openapi'
import { problemResponse } from './problem-response.ts'
import { resolve } from './resolve.ts'

/** A refusal with the problem that is answered beside what the document declares. */
export function withProblem(
  document: OpenApiObject,
  declared: OpenApiObject | undefined,
  description: string,
  headers: OpenApiObject = {},
): OpenApiObject {
  const problem = problemResponse(description, headers)
  if (declared === undefined) return problem
  const own = resolve(document, declared)
  return {
    ...problem,
    ...own,
    headers: { ...headers, ...own['headers'] },
    content: { ...own['content'], ...problem['content'] },
  }
}
