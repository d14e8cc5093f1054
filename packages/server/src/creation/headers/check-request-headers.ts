import type { CreationRequest } from '../creation-request.ts'
import { type Rejection, rejected } from '../rejection.ts'
import { accepts } from './accept.ts'
import { isJsonMediaType } from './media-type.ts'

// Problems are sent whatever `Accept` says: an explanation in an unexpected type is better than none.
const ANSWERED = ['application/json']

/** Refuses a body that is not read: 415 for another media type or coding (RFC 9110 §15.5.16). */
export function checkContent(request: CreationRequest): Rejection | undefined {
  const { method, headers, body } = request
  const coding = single(headers['content-encoding'])
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    return rejected('unsupported-media-type', 'The content is encoded; send it without Content-Encoding.', {
      headers: { 'Accept-Encoding': 'identity' },
    })
  }
  if (body.kind !== 'absent' && !isJsonMediaType(single(headers['content-type']))) {
    return rejected('unsupported-media-type', 'The content is not labelled as JSON; send application/json in UTF-8.', {
      // RFC 9110 §12.5.1 has Accept for it; Accept-Post is about POST only.
      headers: { [method === 'PUT' ? 'Accept' : 'Accept-Post']: 'application/json' },
    })
  }
  return undefined
}

/**
 * Refuses an `Accept` that excludes every answer: 406 before anything is created (RFC 9110 §15.5.7). Asked only of a
 * request that executes: a replay is the recorded answer, whatever its own `Accept` says.
 */
export function checkAccept({ headers }: CreationRequest): Rejection | undefined {
  if (accepts(single(headers['accept']), ANSWERED)) return undefined
  return rejected('not-acceptable', 'This creation answers application/json. Nothing was created.')
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value
}
