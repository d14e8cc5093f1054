import { pointerToken } from './json/examine-json.ts'
import type { InputError } from './rejection.ts'
import type { StandardIssue } from './settings/standard-schema.ts'

// One array of a million wrong elements, or a member with a name of a megabyte, must not become an answer of gigabytes.
const MAX_ERRORS = 100
const MAX_CHARACTERS = 32_768
const MAX_POINTER = 2_048
const MAX_DETAIL = 1_024

/** What zod adds to an issue about unknown members. */
interface Unrecognized {
  readonly code?: unknown
  readonly keys?: readonly string[]
}

/**
 * The faults that one answer names, and how many there are: at most 100, and 32,768 characters. A detail is cut at 1,024
 * characters; a pointer of more than 2,048 becomes that of the nearest object or array around the member.
 */
export function firstErrors(
  faults: readonly InputError[],
  issues: readonly StandardIssue[],
): { readonly errors: readonly InputError[]; readonly count: number } {
  const errors: InputError[] = []
  let count = faults.length
  let left = MAX_CHARACTERS
  const name = (pointer: string, detail: string): void => {
    const error = { pointer: shortPointer(pointer), detail: detail.slice(0, MAX_DETAIL) }
    left -= error.pointer.length + error.detail.length
    if (left >= 0 && errors.length < MAX_ERRORS) errors.push(error)
    else left = -1
  }
  for (const { pointer, detail } of faults) name(pointer, detail)
  for (const { message, path = [], code, keys } of issues as readonly (StandardIssue & Unrecognized)[]) {
    // zod names all unknown members of an object in one issue, at the object.
    const members = code === 'unrecognized_keys' ? keys : undefined
    count += members?.length ?? 1
    if (left < 0) continue
    let pointer = ''
    // No map: arktype's paths are a class of their own, whose map makes paths again.
    for (const step of path) pointer += pointerToken(String(typeof step === 'object' ? step.key : step))
    if (members === undefined) name(pointer, message)
    else for (const member of members) name(pointer + pointerToken(member), 'is not a known member')
  }
  return { errors, count }
}

function shortPointer(pointer: string): string {
  if (pointer.length <= MAX_POINTER) return pointer
  return pointer.slice(0, pointer.lastIndexOf('/', MAX_POINTER))
}
