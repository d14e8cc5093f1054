import { pointerToken } from '../json/examine-json.ts'
import { encodeSegment } from '../location/encode-segment.ts'
import type { ReadBody } from '../read-body.ts'
import { type Rejection, rejected } from '../rejection.ts'

/**
 * Puts the name of the path into the body as the member that the schema expects. A body that has it already must agree;
 * as JSON cannot be asked what a name is, `5` and `"5"` do.
 */
export function nameInput(
  body: ReadBody,
  member: string,
  name: string | undefined,
  status: 400 | 422,
): ReadBody | Rejection {
  if (name === undefined) throw new TypeError(`The path has no parameter ${member}, which is to name the resource.`)
  const encoded = encodeSegment(name)
  if (typeof encoded === 'object') return invalid(member, `cannot be part of an address: ${encoded.reason}`, status)
  const { value } = body
  // The schema says what else is wrong with it.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return body
  if (!Object.hasOwn(value, member)) return { ...body, value: { ...value, [member]: name } }
  const own: unknown = (value as Record<string, unknown>)[member]
  const isSame = (typeof own === 'string' || typeof own === 'number') && String(own) === name
  return isSame ? body : invalid(member, 'is not the name in the path', status)
}

function invalid(member: string, detail: string, status: 400 | 422): Rejection {
  const pointer = pointerToken(member)
  return rejected('invalid-input', 'One member is not valid.', { status, members: { errors: [{ pointer, detail }] } })
}
