import type { Answer } from '../../creation/answer.ts'
import type { CreationRequest } from '../../creation/creation-request.ts'
import type { Creation } from '../../creation/define-creation.ts'
import { type Call, keepCall } from './call.ts'
import { platformOf } from './platform.ts'

/**
 * Answers one request that Nest brought to a decorated method. Throws what the application's filters are to answer.
 * Returns the answer for interceptors to see; it is sent already, as it is recorded.
 */
export async function serve(
  creation: Creation,
  passes: NonNullable<CreationRequest['passes']>,
  call: Call,
  request: unknown,
  response: unknown,
): Promise<Answer> {
  const platform = platformOf(request)
  keepCall(request as object, call)
  const answer = await platform.answer(creation, request, passes)
  if (answer.passed !== undefined) throw answer.passed.error
  // A timeout of the application's may have answered meanwhile; what was created waits for the retry.
  if (!platform.isAnswered(response)) platform.send(response, answer)
  return answer
}
