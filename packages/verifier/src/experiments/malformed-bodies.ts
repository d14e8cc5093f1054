import { isFormMediaType } from '../target/form-media-type.ts'
import type { Tried } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { inBatches } from './in-batches.ts'
import { isObject } from './json-node.ts'

/** Content that is no valid JSON text, with what the target made of it. */
export interface MalformedTried {
  readonly name: 'truncated' | 'trailing brace' | 'invalid UTF-8' | 'empty' | 'duplicate member names'
  readonly body: unknown
  readonly tried: Tried
}

type Spoilt = Omit<MalformedTried, 'tried'> & { readonly raw: string | Uint8Array }

/** Content that cannot be parsed, or that two parsers read differently. */
export const malformedBodies: Experiment<readonly MalformedTried[]> = {
  name: 'send content that is no valid JSON',
  async run(lab) {
    await lab.ask(created)
    const { body: declared } = lab.operation.creation
    // Hardly any text is no form, and what has no content cannot be malformed.
    if (declared === undefined || isFormMediaType(declared.mediaType)) return []
    const spoilt: Spoilt[] = []
    const add = (
      name: MalformedTried['name'],
      spoil: (json: string, body: unknown) => string | Uint8Array | undefined,
    ) => {
      const body = lab.newBody()
      const raw = spoil(JSON.stringify(body), body)
      if (raw !== undefined) spoilt.push({ name, body, raw })
    }
    add('truncated', (json) => json.slice(0, -1))
    add('trailing brace', (json) => `${json}}`)
    add('invalid UTF-8', invalidUtf8)
    // An example does not say that a body is required, and no content at all may mean what the API does by itself.
    if (declared.required && !lab.operation.schemaIsGuess) add('empty', () => '')
    add('duplicate member names', duplicateNames)
    return await inBatches(spoilt, lab.concurrency, async ({ raw, ...one }) => {
      return { ...one, tried: await lab.tryPost({ body: one.body, raw }) }
    })
  },
}

// 0xFF never occurs in UTF-8; it goes into the first text, where a lenient decoder would store U+FFFD.
function invalidUtf8(json: string, body: unknown): Uint8Array | undefined {
  const text = isObject(body)
    ? Object.values(body).find((value) => typeof value === 'string' && value.length > 3)
    : undefined
  if (typeof text !== 'string') return undefined
  const at = json.indexOf(JSON.stringify(text))
  const middle = Buffer.byteLength(json.slice(0, at)) + 3
  const bytes = Buffer.from(json)
  bytes[middle] = 0xff
  return bytes
}

function duplicateNames(json: string, body: unknown): string | undefined {
  const name = isObject(body) ? Object.keys(body)[0] : undefined
  if (name === undefined) return undefined
  const value = (body as Record<string, unknown>)[name]
  // The same value twice: whichever wins, the resource would be the one that was meant, so that nothing but
  // the duplicate itself can be the reason for refusing.
  return `{${JSON.stringify(name)}:${JSON.stringify(value)},${json.slice(1)}`
}
