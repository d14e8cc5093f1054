import { createHash } from 'node:crypto'
import { bodyLostError } from '../creation/body-lost-error.ts'
import type { CreationRequest } from '../creation/creation-request.ts'
import { isJsonMediaType } from '../creation/headers/media-type.ts'
import { readBody } from '../creation/read-body.ts'
import type { Rejection } from '../creation/rejection.ts'

/** The text that stands for a body in the fingerprint. */
export type BodyDigest = { readonly kind: 'canonical'; readonly text: string } | Rejection

/**
 * Digests a body: JSON by its canonical form, as creations do, so that white space and the order of members do not
 * matter; anything else, and what only claims to be JSON, by its bytes. What is wrong with it the handler will say.
 */
export function digestBody({ headers, body }: CreationRequest, maxBytes: number): BodyDigest {
  if (body.kind === 'absent') return { kind: 'canonical', text: '' }
  if (body.kind === 'lost') throw bodyLostError()
  if (body.kind === 'parsed') {
    const read = readBody(maxBytes, body)
    return read.kind === 'rejected' ? read : read.canonical()
  }
  if (body.bytes.byteLength === 0) return { kind: 'canonical', text: '' }
  if (headers['content-encoding'] === undefined && isJsonMediaType(single(headers['content-type']))) {
    const read = readBody(maxBytes, body)
    if (read.kind === 'read') return read.canonical()
  }
  // No canonical JSON begins with a letter b, so bytes and JSON are never taken for each other.
  return { kind: 'canonical', text: `bytes:${createHash('sha256').update(body.bytes).digest('base64url')}` }
}

function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value
}
