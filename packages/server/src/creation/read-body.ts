import { isUtf8 } from 'node:buffer'
import { bodyLostError } from './body-lost-error.ts'
import type { RequestBody } from './creation-request.ts'
import { canonicalValue } from './json/canonical-value.ts'
import { MAX_LEVELS } from './json/examine-json.ts'
import { examineValue } from './json/examine-value.ts'
import { readJson } from './json/read-json.ts'
import { type InputError, type Rejection, rejected } from './rejection.ts'

/** A body that was read: its value, the faults that validation has to name, and its canonical text on demand. */
export interface ReadBody {
  readonly kind: 'read'
  readonly value: unknown
  /** What the JSON says that a value cannot hold; refused by validation, after the look-up of the key. */
  readonly faults: readonly InputError[]
  readonly canonical: () => { readonly kind: 'canonical'; readonly text: string } | Rejection
}

/**
 * Reads the body: 413 where it is too large, 400 `malformed-body` where it is no JSON.
 *
 * @throws Error where the service itself lost the body: no client can help.
 */
export function readBody(maxBytes: number, body: RequestBody): ReadBody | Rejection {
  switch (body.kind) {
    case 'absent':
      return rejected('malformed-body', 'The body is empty; a JSON value is needed.')
    case 'raw':
      return readRaw(maxBytes, body.bytes)
    case 'parsed':
      return readParsed(body.value)
    case 'lost':
      throw bodyLostError()
  }
}

function readRaw(maxBytes: number, bytes: Uint8Array): ReadBody | Rejection {
  if (bytes.byteLength > maxBytes) {
    return rejected('content-too-large', `The body has ${bytes.byteLength} bytes; at most ${maxBytes} are taken.`)
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  // Decoding replaces broken bytes silently, and what was stored would not be what was sent. Where the replacement stands
  // in the text, the bytes tell whether it was sent.
  if (text.includes('\ufffd') && !isUtf8(bytes)) return rejected('malformed-body', 'The body is not valid UTF-8.')
  const reading = readJson(text)
  if (reading.kind === 'malformed') return rejected('malformed-body', reading.detail)
  return {
    kind: 'read',
    value: reading.value,
    faults: faultsOf(reading),
    canonical: () => ({ kind: 'canonical', text: reading.canonical() }),
  }
}

function readParsed(value: unknown): ReadBody | Rejection {
  if (value === undefined) return rejected('malformed-body', 'The body is empty; a JSON value is needed.')
  const { isTooDeep, unsafeNames } = examineValue(value)
  if (isTooDeep) return rejected('malformed-body', `The nesting is deeper than ${MAX_LEVELS} levels.`)
  return {
    kind: 'read',
    value,
    faults: faultsOf({ inexact: [], unsafeNames }),
    canonical() {
      const canonical = canonicalValue(value)
      if (canonical.kind === 'canonical') return canonical
      if (canonical.kind === 'malformed') return rejected('malformed-body', canonical.detail)
      // The digits may be lost already: two different requests could look alike, so no key may vouch for them.
      const errors = canonical.pointers.map(inexactFault)
      return rejected('invalid-input', 'A number is too large to be told apart from its neighbours.', {
        members: { errors },
      })
    },
  }
}

const NO_FAULTS: readonly InputError[] = []

function faultsOf({ inexact, unsafeNames }: { inexact: readonly string[]; unsafeNames: readonly string[] }) {
  if (inexact.length === 0 && unsafeNames.length === 0) return NO_FAULTS
  return [...inexact.map(inexactFault), ...unsafeNames.map(unsafeNameFault)]
}

function inexactFault(pointer: string): InputError {
  return {
    pointer,
    detail: 'is an integer with more digits than can be kept exactly (beyond 2^53); send it as a string',
  }
}

function unsafeNameFault(pointer: string): InputError {
  return { pointer, detail: 'is a member name that is not taken' }
}
