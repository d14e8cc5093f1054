import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/creation.ts'
import type { RequestBody } from '../../creation/creation-request.ts'
import { splitUrl } from '../shared/split-url.ts'
import type { LimitedBody } from './limited-body.ts'

/** A request of the Fetch standard, with what its framework knows of it. */
export interface FetchedRequest<Native> {
  readonly request: Request
  readonly headers: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, string>>
  readonly body: LimitedBody
  readonly requestId: string
  readonly native: Native
}

/** Hands a request to the creation, or refuses it where its body could not be read. */
export function answerRequest<Native>(
  creation: Creation<Native>,
  { request, headers, params, body, requestId, native }: FetchedRequest<Native>,
): Answer | Promise<Answer> {
  if (!isWhole(body)) {
    const refused = { requestId, traceparent: headers['traceparent'] }
    return body.kind === 'too-large'
      ? creation.refuse('content-too-large', `At most ${creation.maxBodyBytes} bytes are taken.`, refused)
      : creation.refuse('malformed-body', 'The body ends before its end.', refused)
  }
  const { path, query } = splitUrl(request.url)
  return creation.handle({ method: request.method, path, query, params, headers, body, requestId, native })
}

function isWhole(body: LimitedBody): body is RequestBody {
  return body.kind !== 'too-large' && body.kind !== 'cut-off'
}
