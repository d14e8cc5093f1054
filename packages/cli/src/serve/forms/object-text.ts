import type { JsonSchema } from '@createonce/verifier/document'
import type { FormField } from './form-field.ts'
import { itemSchema, memberSchema, typesOf } from './schema-parts.ts'
import { jsonTypeOf, typedText } from './typed-text.ts'

/** A field whose name is taken apart. */
export interface Stepped extends Omit<FormField, 'name'> {
  readonly steps: readonly string[]
}

/** Two fields of which one says that a member is a value, and another that it has members itself. */
export class Contradiction extends Error {}

/**
 * The object that fields make up, as JSON.
 *
 * @param delimiters - what stands between the items of a list that is one field, by the member's name.
 * @throws Contradiction
 */
export function objectText(
  fields: readonly Stepped[],
  schema: JsonSchema,
  root: JsonSchema,
  delimiters: ReadonlyMap<string, string> = new Map(),
): string {
  const members = [...groups(fields, ({ steps }) => steps[0]!)].map(([name, own]) => {
    const member = memberSchema(schema, root, name) ?? {}
    return `${JSON.stringify(name)}:${valueText(name, own, member, root, delimiters.get(name))}`
  })
  return `{${members.join(',')}}`
}

function valueText(
  name: string,
  fields: readonly Stepped[],
  schema: JsonSchema,
  root: JsonSchema,
  delimiter?: string,
): string {
  const inner = fields
    .filter(({ steps }) => steps.length > 1)
    .map(({ steps, ...field }) => ({ ...field, steps: steps.slice(1) }))
  if (inner.length === 0) return leafText(fields, schema, root, delimiter)
  if (inner.length < fields.length)
    throw new Contradiction(`The fields of ${JSON.stringify(name)} contradict each other: a value, and members of it.`)
  const isAppended = inner.filter(({ steps }) => steps[0] === '').length
  const isNumbered = inner.every(({ steps }) => /^\d{1,6}$/.test(steps[0]!))
  if (isAppended === inner.length) return listText(name, appended(inner), schema, root)
  if (isAppended > 0)
    throw new Contradiction(`The fields of ${JSON.stringify(name)} contradict each other: items, and members of it.`)
  if (isNumbered && !typesOf(schema, root).has('object')) {
    const items = [...groups(inner, ({ steps }) => steps[0]!)].sort(([one], [other]) => Number(one) - Number(other))
    return listText(
      name,
      items.map(([, item]) => item),
      schema,
      root,
    )
  }
  return objectText(inner, schema, root)
}

function listText(name: string, items: readonly Stepped[][], schema: JsonSchema, root: JsonSchema): string {
  return `[${items.map((item, index) => valueText(name, item, itemSchema(schema, root, index), root)).join(',')}]`
}

/** `lines[][id]=1&lines[][id]=2` are two items: a new one begins where a name comes again. */
function appended(fields: readonly Stepped[]): Stepped[][] {
  const items: Stepped[][] = []
  let names = new Set<string>()
  for (const field of fields) {
    const rest = field.steps.slice(1).join('][')
    const isNew = items.length === 0 || rest === '' || (names.has(rest) && !rest.endsWith(']['))
    if (isNew) {
      items.push([])
      names = new Set()
    }
    names.add(rest)
    items.at(-1)!.push(field)
  }
  return items
}

function leafText(
  fields: readonly Stepped[],
  schema: JsonSchema,
  root: JsonSchema,
  delimiter: string | undefined,
): string {
  const [first] = fields
  const types = typesOf(schema, root)
  if (fields.length === 1 && !(types.has('array') && !types.has('string'))) return typedText(first!, schema, root)
  const itemTypes = typesOf(itemSchema(schema, root, 0), root)
  const isWhole = first!.isJson || (itemTypes.size > 0 && !itemTypes.has('string') && !itemTypes.has('array'))
  if (fields.length === 1 && isWhole && jsonTypeOf(first!.text) === 'array') return first!.text
  const items =
    fields.length === 1 && delimiter !== undefined
      ? first!.text.split(delimiter).flatMap((text) => (first!.text === '' ? [] : [{ text, isJson: false }]))
      : fields
  const isList = types.has('array') || types.size === 0
  // Several values of what is no list: validation says so.
  return `[${items.map((item, index) => typedText(item, isList ? itemSchema(schema, root, index) : schema, root)).join(',')}]`
}

function groups<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const name = nameOf(item)
    const known = found.get(name)
    if (known === undefined) found.set(name, [item])
    else known.push(item)
  }
  return found
}
