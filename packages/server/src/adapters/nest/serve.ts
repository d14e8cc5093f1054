import type { Answer } from '../../creation/answer.ts'
import { type Call, keepCall } from './call.ts'
import type { Creations } from './creations.ts'
import { platformOf } from './platform.ts'

/**
 * Answers one request that Nest brought to a decorated method. Throws what the application's filters are to answer.
 * Returns the answer for interceptors to see; it is sent already, as it is recorded.
 */
export async function serve(
  creations: Creations,
  method: object,
  call: Call,
  request: unknown,
  response: unknown,
): Promise<Answer> {
  const platform = platformOf(request)
  keepCall(request as object, call)
  const answer = await platform.answer(creations.of(method)!, request, creations.passes)
  if (answer.passed !== undefined) throw answer.passed.error
  platform.send(response, answer)
  return answer
}
