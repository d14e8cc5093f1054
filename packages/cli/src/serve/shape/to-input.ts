import type { StandardSchema } from '@createonce/server'
import { jsonSchema } from '@createonce/server/json-schema'
import type { JsonSchema } from '@createonce/verifier/document'
import type { State } from '../rows/rows.ts'
import { toPattern } from './accepts.ts'
import { cleanSchema } from './clean-schema.ts'
import { flat, isRecord, propertyOf } from './rooted.ts'

/** Hears what of a schema cannot be checked. */
export type Warn = (what: string) => void

/**
 * The input of a creation by the schema of its request body, compiled when the first body comes: a document may have
 * hundreds. Members that the schema does not name are kept, as JSON Schema has it. Members that are `readOnly` "SHOULD
 * NOT be sent" (OpenAPI 3.1 §4.8.24); they are passed over, so that a client may send back what it got. Keywords and
 * formats that nobody knows assert nothing.
 */
export function toInput(schema: JsonSchema | undefined, warn: Warn = () => {}): StandardSchema<State> {
  const root = schema ?? { type: 'object' }
  let compiled: StandardSchema<State> | undefined
  let hasReadOnly: boolean | undefined
  return {
    '~standard': {
      version: 1,
      vendor: 'createonce',
      validate(value) {
        hasReadOnly ??= namesReadOnly(root)
        compiled ??= jsonSchema<State>(cleanSchema(root, warn), { unknown: 'keep', prepare: lenient })
        return compiled['~standard'].validate(hasReadOnly ? withoutReadOnly(root, value, root, 0) : value)
      },
    },
  }
}

// The schema has been looked at, and the schema of schemas takes longer to compile than most of what it judges.
const LENIENT = {
  strictSchema: false,
  strictTypes: false,
  strictNumbers: true,
  validateSchema: false,
}

/** Patterns of the old grammar of ECMA-262, such as `[\w-.]`, mean what they mean in a browser. */
const regExp = Object.assign((source: string) => toPattern(source) ?? /(?:)/, { code: 'new RegExp' })

function lenient(ajv: object): void {
  const { opts } = ajv as { readonly opts: { code?: object } }
  Object.assign(opts, LENIENT, { code: { ...opts.code, regExp } })
}

// As deep as a body may be.
const MAX_DEPTH = 64

/** Whether anything in a schema is `readOnly`, be it a value of an example. */
function namesReadOnly(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(namesReadOnly)
  if (!isRecord(schema)) return false
  return schema['readOnly'] === true || Object.values(schema).some(namesReadOnly)
}

/** Without what only the server sets, at any depth; the same value where there is nothing of it. */
function withoutReadOnly(schema: unknown, value: unknown, root: JsonSchema, depth: number): unknown {
  if (!isRecord(schema) || depth > MAX_DEPTH) return value
  const s = flat(schema, root)
  if (Array.isArray(value)) return value.map((item) => withoutReadOnly(s['items'], item, root, depth + 1))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const part = propertyOf(s, name)
      if (part === undefined) return [[name, member]]
      if (flat(part, root)['readOnly'] === true) return []
      return [[name, withoutReadOnly(part, member, root, depth + 1)]]
    }),
  )
}
