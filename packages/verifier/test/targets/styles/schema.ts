import Ajv, { type ValidateFunction } from 'ajv'
import type { Fault } from './decisions.ts'

/** What a product is made of: the natural key is its code. */
export const properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  code: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{6}$' },
  title: { type: 'string', minLength: 1, maxLength: 200 },
  amount: { type: 'number', minimum: 0, maximum: 100_000 },
  count: { type: 'integer', minimum: 0, maximum: 10_000 },
  note: { type: 'string', maxLength: 1000 },
  tags: { type: 'array', maxItems: 5, items: { type: 'string', minLength: 1, maxLength: 30 } },
}

/** What has to be there. */
export const required = ['code', 'title']

/** What a shop is made of. */
export const parentProperties = { name: { type: 'string', minLength: 1, maxLength: 80 } }

const ajv = new Ajv.default({ strict: false, allErrors: true })
const product = (additionalProperties: boolean) =>
  ajv.compile({ type: 'object', required, properties, additionalProperties })
const strict = product(false)
const open = product(true)
const shop = ajv.compile({ type: 'object', required: ['name'], properties: parentProperties })

/** What is wrong with a body by the schema. */
export function faultsOf(input: unknown, kind: 'strict' | 'open' | 'parent'): Fault[] {
  const validate: ValidateFunction = kind === 'strict' ? strict : kind === 'open' ? open : shop
  if (validate(input)) return []
  return (validate.errors ?? []).map(({ instancePath, keyword, params, message }) => {
    const more = keyword === 'required' ? params['missingProperty'] : params['additionalProperty']
    const pointer = typeof more === 'string' ? `${instancePath}/${more}` : instancePath
    return { pointer, rule: keyword, detail: message ?? keyword }
  })
}

/** What a lenient reader makes of a body: null is absent, a number is text where text is wanted. */
export function softened(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const text = (name: string) => properties[name]?.['type'] === 'string'
  return Object.fromEntries(
    Object.entries(input)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'number' && text(name) ? String(value) : value]),
  )
}
