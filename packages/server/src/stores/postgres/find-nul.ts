import type { InputIssue } from '../../idempotency/store-errors.ts'

const NUL = '\0'

/** A value of the body, and by which members it is reached. */
interface Place {
  readonly name: string
  readonly value: unknown
  readonly parent: Place | undefined
}

// As many as one answer names.
const ENOUGH = 100

/** Names the members of a body that hold U+0000, a character of JSON and of most schemas that PostgreSQL does not keep. */
export function findNul(body: unknown): InputIssue[] {
  const issues: InputIssue[] = []
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
