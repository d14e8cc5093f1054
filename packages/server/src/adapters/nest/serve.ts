import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/define-creation.ts'
import { type Call, keepCall } from './call.ts'
import { platformOf } from './platform.ts'

/**
 * Answers one request that Nest brought to a decorated method. Throws what the application's filters are to answer.
 * Returns the answer for interceptors to see; it is sent already, as it is recorded.
 */
export async function serve(creation: Creation, call: Call, request: unknown, response: unknown): Promise<Answer> {
  const platform = platformOf(request)
  keepCall(request as object, call)
  const answer = await platform.answer(creation, request)
  if (answer.passed !== undefined) throw answer.passed.error
  platform.send(response, answer)
  return answer
}
