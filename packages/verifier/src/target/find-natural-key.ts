import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import type { Creation, JsonSchema } from './target.ts'
import { wordsOf } from './words.ts'

// Only names that mean "the one and only" in any trade; `name` and `title` are left out, because books share titles.
const TELLING = [
  ...['email', 'e-mail', 'email address', 'mail'],
  ...[
    'username',
    'user name',
    'login',
    'handle',
    'nickname',
    'slug',
    'isbn',
    'isbn13',
    'isbn10',
    'issn',
    'ean',
    'gtin',
  ],
  ...['sku', 'iban', 'vin', 'ssn', 'code', 'serial number', 'license plate', 'external id', 'barcode'],
]

/** The members that seem to make two resources the same one, and why; undefined where nothing says so. */
export function findNaturalKey(
  schema: JsonSchema | undefined,
): { readonly value: readonly string[]; readonly why: string } | undefined {
  if (schema === undefined) return undefined
  const effective = effectiveSchema(schema, schema)
  const properties = isRecord(effective['properties']) ? effective['properties'] : {}
  const names = Object.keys(properties).filter((name) => canIdentify(properties[name], schema))
  const marked = names.filter((name) => marksUnique(properties[name], schema))
  if (marked.length > 0) return { value: marked, why: `the schema marks ${marked.join(', ')} as unique` }
  const required = new Set(Array.isArray(effective['required']) ? effective['required'] : [])
  // An optional member rarely identifies; it may be absent.
  for (const telling of TELLING) {
    const name = names.find((candidate) => wordsOf(candidate).join(' ') === telling && required.has(candidate))
    if (name !== undefined) return { value: [name], why: `a required member is named ${name}` }
  }
  const email = names.find(
    (name) => required.has(name) && effectiveSchema(properties[name], schema)['format'] === 'email',
  )
  return email !== undefined && wordsOf(email).includes('email')
    ? { value: [email], why: `the required member ${email} is an email address` }
    : undefined
}

/** The members of a creation's natural key, as far as it is known. */
export function naturalKeyOf(creation: Creation): readonly string[] {
  return creation.policy.naturalKey?.value ?? []
}

function canIdentify(member: unknown, root: JsonSchema): boolean {
  const { type, readOnly, enum: values } = effectiveSchema(member, root)
  if (readOnly === true || values !== undefined) return false
  return [type].flat().some((name) => name === 'string' || name === 'integer' || name === 'number')
}

function marksUnique(member: unknown, root: JsonSchema): boolean {
  const schema = effectiveSchema(member, root)
  if (schema['x-unique'] === true || schema['x-is-unique'] === true) return true
  return (
    typeof schema['description'] === 'string' && /\b(must be|has to be|globally) unique\b/i.test(schema['description'])
  )
}
