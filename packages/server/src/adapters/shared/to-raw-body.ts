import type { RequestBody } from '../../creation/creation-request.ts'

/** The bytes as a body; none of them is no body. */
export function toRawBody(bytes: Uint8Array): RequestBody {
  return bytes.byteLength === 0 ? { kind: 'absent' } : { kind: 'raw', bytes }
}
