import type { Answer } from '../answer.ts'
import type { CreationRequest } from '../creation-request.ts'
import type { Handled } from '../handled.ts'
import { preferredReturn } from '../headers/prefer.ts'

/**
 * The answer to a batch: 201, or 200 where nothing was created, with the representations in the order of the request. Under
 * `Prefer: return=minimal` (RFC 7240 §4.2) it is the status, address and ETag of each instead. There is no Location: it
 * could name one resource only (RFC 9110 §15.3.2).
 */
export function answerBulk(
  answers: readonly Answer[],
  { headers: { prefer } }: CreationRequest,
): Extract<Handled, { kind: 'answered' }> {
  const preference = preferredReturn(prefer)
  const isCreated = answers.some(({ status }) => status === 201)
  const parts =
    preference === 'minimal' ? answers.map((answer) => JSON.stringify(toResult(answer))) : answers.map(bodyOf)
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (preference !== undefined) headers['Preference-Applied'] = `return=${preference}`
  return {
    kind: 'answered',
    event: isCreated ? 'creation.created' : 'creation.existing',
    answer: { status: isCreated ? 201 : 200, headers, body: `[${parts.join(',')}]` },
  }
}

function toResult({ status, headers }: Answer): object {
  const { Location: location, ETag: etag } = headers
  return { status, location, etag }
}

function bodyOf({ body }: Answer): string {
  return body!
}
