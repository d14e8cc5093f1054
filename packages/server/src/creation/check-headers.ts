import { accepts } from './accept.ts'
import type { CreationRequest } from './creation-request.ts'
import { isJsonMediaType } from './media-type.ts'
import { type Rejection, rejected } from './rejection.ts'

// Problems are sent whatever `Accept` says: an explanation in an unexpected type is better than none.
const ANSWERED = ['application/json']

/**
 * Refuses what can be refused by the headers alone: 415 for a type or coding that is not read (RFC 9110 §15.5.16),
 * 406 for an `Accept` that excludes every answer (§15.5.7), before anything is created.
 */
export function checkHeaders(request: CreationRequest): Rejection | undefined {
  const { headers, body } = request
  const coding = single(headers['content-encoding'])
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    return rejected('unsupported-media-type', 'The content is encoded; send it without Content-Encoding.', {
      headers: { 'Accept-Encoding': 'identity' },
    })
  }
  if (body.kind !== 'absent' && !isJsonMediaType(single(headers['content-type']))) {
    return rejected('unsupported-media-type', 'The content is not labelled as JSON; send application/json in UTF-8.', {
      headers: { 'Accept-Post': 'application/json' },
    })
  }
  const accept = single(headers['accept'])
  if (!accepts(accept, ANSWERED)) {
    return rejected('not-acceptable', 'This creation answers application/json. Nothing was created.')
  }
  return undefined
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value
}
