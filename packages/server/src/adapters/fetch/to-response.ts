import type { Answer } from '../../creation/answer.ts'

/** The answer as a Response. */
export function toResponse({ status, headers, body }: Answer): Response {
  return new Response(body, { status, headers })
}
