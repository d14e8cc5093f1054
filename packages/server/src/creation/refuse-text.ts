import type { CreationRequest } from './creation-request.ts'
import { readBody } from './read-body.ts'
import type { Rejection } from './rejection.ts'
import type { StandardIssue } from './settings/standard-schema.ts'
import { toValidated } from './validate.ts'

const NUL = '\0'

/**
 * Names the members of the body that hold U+0000, which is a character of JSON and of most schemas, where the database has
 * refused a text; nothing if the client sent none, so that the text was the author's. Looked for only then: it costs a valid
 * request nothing.
 */
export function refuseText(
  { maxBodyBytes, invalidStatus }: { readonly maxBodyBytes: number; readonly invalidStatus: 400 | 422 },
  { body }: Pick<CreationRequest, 'body'>,
): Rejection | undefined {
  const read = readBody(maxBodyBytes, body)
  if (read.kind === 'rejected') return undefined
  const issues = findNul(read.value)
  if (issues.length === 0) return undefined
  return toValidated({ issues }, [], invalidStatus) as Rejection
}

/** A value of the body, and by which members it is reached. */
interface Place {
  readonly name: string
  readonly value: unknown
  readonly parent: Place | undefined
}

// As many as one answer names.
const ENOUGH = 100

function findNul(body: unknown): StandardIssue[] {
  const issues: StandardIssue[] = []
  // Neither recursion nor a path for each value: what a parser in front has read may be nested as deep as it likes.
  const open: Place[] = [{ name: '', value: body, parent: undefined }]
  for (let place = open.pop(); place !== undefined && issues.length < ENOUGH; place = open.pop()) {
    const { name, value } = place
    if (name.includes(NUL)) issues.push({ path: pathOf(place), message: 'has a name with the character U+0000' })
    if (typeof value === 'string' && value.includes(NUL))
      issues.push({ path: pathOf(place), message: 'has the character U+0000, which cannot be kept' })
    if (typeof value !== 'object' || value === null) continue
    for (const [name, member] of Object.entries(value).reverse()) open.push({ name, value: member, parent: place })
  }
  return issues
}

function pathOf(place: Place): string[] {
  const path: string[] = []
  for (let at = place; at.parent !== undefined; at = at.parent) path.push(at.name)
  return path.reverse()
}
