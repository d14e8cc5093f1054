import type { JsonSchema } from '@createonce/verifier/document'
import { type FormField, type FormReading, malformed, tooLarge } from './form-field.ts'
import { FORM_LIMITS } from './form-limits.ts'
import { isFileSchema } from './is-file-schema.ts'
import { nameSteps } from './name-steps.ts'
import { Contradiction, objectText, type Stepped } from './object-text.ts'
import { hasMember, memberSchema, typesOf } from './schema-parts.ts'

/** How a member of a form is written, where the document says it (`encoding`). */
export interface FieldStyle {
  /** Its object is spelled out in the names (`deepObject`). */
  readonly isDeep: boolean
  /** What stands between the items of a list that is one field. */
  readonly delimiter: string | undefined
}

/** The schema of a form, and how its members are written. */
export interface FormShape {
  readonly schema: JsonSchema
  readonly styles: ReadonlyMap<string, FieldStyle>
}

/** A form as a JSON text, or why it is not taken. */
export type FormJson = { readonly kind: 'json'; readonly text: string } | Exclude<FormReading, { kind: 'fields' }>

/**
 * The JSON object that a form says, by the schema of the object. It is put together as text, so that numbers and JSON in
 * fields are handed on as they were sent, and so that no name (`__proto__`) means anything here.
 */
export function formToJson(fields: readonly FormField[], shape: FormShape): FormJson {
  const { schema, styles } = shape
  const stepped: Stepped[] = []
  for (const { name, text, isJson } of fields) {
    if (name.length > FORM_LIMITS.nameLength)
      return tooLarge(`The name of a field may have ${FORM_LIMITS.nameLength} characters at most.`)
    const steps = stepsOf(name, shape)
    if (steps.length > FORM_LIMITS.levels)
      return malformed(`The name of a field may have ${FORM_LIMITS.levels} levels at most.`)
    if (isFileSchema(memberSchema(schema, schema, steps[0]!), schema)) {
      // What a browser sends where nothing was chosen.
      if (text === '') continue
      return { kind: 'file', name: steps[0]! }
    }
    stepped.push({ steps, text, isJson })
  }
  try {
    return { kind: 'json', text: objectText(stepped, schema, schema, delimitersOf(styles)) }
  } catch (error) {
    if (error instanceof Contradiction) return malformed(error.message)
    throw error
  }
}

/** A name in brackets is spelled out only where something can be inside: others may be called so. */
function stepsOf(name: string, { schema, styles }: FormShape): readonly string[] {
  const steps = nameSteps(name)
  if (steps.length === 1 || hasMember(schema, schema, name)) return [name]
  const base = steps[0]!
  if (styles.get(base)?.isDeep) return steps
  const member = memberSchema(schema, schema, base)
  if (member === undefined) return [name]
  const types = typesOf(member, schema)
  return types.size === 0 || types.has('object') || types.has('array') ? steps : [name]
}

function delimitersOf(styles: FormShape['styles']): ReadonlyMap<string, string> {
  return new Map(
    [...styles].flatMap(([name, { delimiter }]) => (delimiter === undefined ? [] : [[name, delimiter] as const])),
  )
}
