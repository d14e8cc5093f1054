import type { CreationRequest } from '../creation/creation-request.ts'

/** A request as it was sent, to know its repetition by. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: string
  /** The bytes of the body, one character each: text costs the collector less than memory of its own for each request. */
  readonly body: string
}

/** Remembers a request whose bytes are at hand. They are copied: what a framework hands out may be part of a larger buffer. */
export function askedBy({ method, path, query, body }: CreationRequest): Asked | undefined {
  return body.kind === 'raw' ? { method, path, query, body: toText(body.bytes) } : undefined
}

/**
 * Whether a request repeats another one to the byte, as nearly every retry does: then nothing has to be parsed and
 * digested to know that it is the same. Anything else is compared by its fingerprint.
 */
export function isVerbatim(asked: Asked | undefined, { method, path, query, body }: CreationRequest): boolean {
  return (
    asked !== undefined &&
    body.kind === 'raw' &&
    asked.path === path &&
    asked.method === method &&
    asked.query === query &&
    asked.body.length === body.bytes.byteLength &&
    asked.body === toText(body.bytes)
  )
}

function toText({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}
