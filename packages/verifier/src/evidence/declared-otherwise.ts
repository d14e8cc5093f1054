import { isObject } from '../experiments/json-node.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import type { JsonSchema } from '../target/target.ts'
import { propertyOf, type ShownMembers } from './shown-members.ts'

// A choice between choices of one value; more levels are a circle.
const MAX_DEPTH = 6

/**
 * Whether a declared answer has a member in another form than a value: a user where a login was sent, a word that is none
 * of its list. Whoever answers as the document says cannot show such a value as it was sent. `pointer` leads to the value;
 * of a list it may lead into it.
 */
export function declaredOtherwise(shown: ShownMembers, pointer: string, value: unknown): boolean {
  if (shown.kind === 'undeclared') return false
  const tokens = pointer.split('/')
  let held = value
  while (/^\d+$/.test(tokens.at(-1) ?? '')) {
    tokens.pop()
    held = [held]
  }
  const member = (tokens.at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
  const parts = shown.schemas.map((schema) => propertyOf(schema, member)).filter((part) => part !== undefined)
  return parts.length > 0 && !parts.some((part) => takes(part, held, shown.root, 0))
}

function takes(part: unknown, value: unknown, root: JsonSchema, depth: number): boolean {
  if (depth > MAX_DEPTH) return true
  const schema = effectiveSchema(part, root)
  const inner = (one: unknown, of: unknown) => takes(one, of, root, depth + 1)
  for (const branches of [schema['oneOf'], schema['anyOf']]) {
    if (Array.isArray(branches) && !branches.some((branch) => inner(branch, value))) return false
  }
  const types: readonly unknown[] = [schema['type'] ?? (isObject(schema['properties']) ? 'object' : [])].flat()
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return false
  const { enum: values } = schema
  if (Array.isArray(values) && typeof value !== 'object' && !values.includes(value)) return false
  return !Array.isArray(value) || schema['items'] === undefined || value.every((item) => inner(schema['items'], item))
}

function isOf(type: unknown, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  // Decimals may be shown as text, and ids as either: other rules judge that.
  return ['string', 'number', 'boolean'].includes(typeof value)
}
