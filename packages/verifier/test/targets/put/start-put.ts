import { serve } from '../serve.ts'
import type { Running } from '../styles/start.ts'
import type { PutDecisions } from './put-decisions.ts'
import { createPutService } from './put-service.ts'
import type { PutStyle } from './put-style.ts'
import type { PutWords } from './put-words.ts'

/** Starts an API by PUT in a style, in words, with a fault, on a free port. */
export async function startPut(
  style: PutStyle,
  words: PutWords,
  fault: Partial<PutDecisions> = {},
): Promise<Running & { readonly origin: string }> {
  const service = createPutService(style, words, fault)
  const { origin, document, close } = await serve(service.document, service.handle)
  return { origin, document, count: service.count, close }
}
