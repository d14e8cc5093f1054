import type { RequestBody } from '../../creation/creation-request.ts'
import { toRawBody } from '../shared/to-raw-body.ts'

/** What came of reading a body. */
export type LimitedBody =
  | RequestBody
  /** It is longer than is taken; the rest was not read. */
  | { readonly kind: 'too-large' }
  /** It ended before its end: the client hung up, or what decodes it gave up. */
  | { readonly kind: 'cut-off' }

/** What was read, as a body: nothing is the absence of one, and less than was declared is no whole one. */
export function limitedBody(bytes: Uint8Array, declared: number | undefined): LimitedBody {
  // Deno takes the reset of a stream of HTTP/2 for the end of its body.
  if (declared !== undefined && bytes.byteLength < declared) return { kind: 'cut-off' }
  return toRawBody(bytes)
}
