import { parseJson } from '../../experiments/json-node.ts'
import { isRecord } from '../../target/is-record.ts'

/** Content, as text and as what the text says. */
export interface ReadBody {
  readonly text: string | undefined
  readonly body: unknown
}

/** Reads content as a client keeps it: a text, bytes, something parsed, or a stream of one of the first two. */
export async function readBody(content: unknown): Promise<ReadBody> {
  if (content === undefined || content === null) return fromText('')
  if (typeof content === 'string') return fromText(content)
  if (content instanceof ArrayBuffer || ArrayBuffer.isView(content))
    return fromText(new TextDecoder().decode(content as Uint8Array))
  if (isRecord(content) && typeof content['text'] === 'function') return fromText(String(await content['text']()))
  if (typeof content === 'object' && Symbol.asyncIterator in content) return fromText(await collected(content as never))
  return { text: JSON.stringify(content), body: content }
}

/** What a text says: JSON where it is some, else itself. */
export function fromText(text: string): ReadBody {
  const parsed = parseJson(text)
  return { text, body: text === '' ? undefined : parsed === undefined ? text : parsed }
}

async function collected(stream: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
  return text + decoder.decode()
}
