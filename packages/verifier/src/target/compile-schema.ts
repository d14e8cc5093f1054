import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { lenientRegExp } from './lenient-reg-exp.ts'
import type { JsonSchema } from './target.ts'

/** One thing that a value breaks. */
interface SchemaFault {
  /** JSON Pointer of the place in the value; a missing member is named itself. */
  readonly pointer: string
  /** The keyword that is broken, e.g. `required`. */
  readonly rule: string
  readonly message: string
}

/** A schema that is ready to judge values. */
export interface CompiledSchema {
  /** Tells whether the value is valid. */
  readonly accepts: (value: unknown) => boolean
  /** Everything that is wrong with the value, empty when it is valid. */
  readonly faults: (value: unknown) => readonly SchemaFault[]
}

const compiled = new WeakMap<JsonSchema, CompiledSchema>()

/**
 * Compiles a self-contained schema of draft 2020-12. The result is remembered for the schema object.
 * Throws when the schema itself is broken in a way that loading could not mend.
 */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const validate: ValidateFunction = createAjv().compile(schema)
  const result: CompiledSchema = {
    accepts: (value) => validate(value),
    faults: (value) => (validate(value) ? [] : (validate.errors ?? []).map(toFault)),
  }
  compiled.set(schema, result)
  return result
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    logger: false,
    validateSchema: false,
    // Without it 73.43 is refused for `multipleOf: 0.01`: binary fractions.
    multipleOfPrecision: 9,
    // Nothing is judged by the meta-schema, and each instance would load it anew.
    meta: false,
    code: { regExp: Object.assign(lenientRegExp, { code: 'new RegExp' }) },
  })
  addFormats.default(ajv)
  return ajv
}

function toFault(error: ErrorObject): SchemaFault {
  const params = error.params as Record<string, unknown>
  const member = error.keyword === 'required' ? params['missingProperty'] : params['additionalProperty']
  const suffix = typeof member === 'string' ? `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}` : ''
  return { pointer: error.instancePath + suffix, rule: error.keyword, message: error.message ?? error.keyword }
}
