import { MissingPeerError } from '../load-peer.ts'
import { type AjvError, type AjvLike, type AjvValidate, createAjv, type Draft } from './ajv.ts'
import type { Closed } from './close-objects.ts'
import { limitsOf } from './limits-of.ts'
import type { SchemaObject } from './subschemas.ts'

interface CheckOptions {
  readonly formats?: boolean
  readonly defaults?: boolean
  readonly multipleOfPrecision?: number
  readonly prepare?: (ajv: AjvLike) => void
}

// Most of the time goes into the schema of schemas, which the second look needs no more.
const KNOWN_TO_BE_RIGHT = { meta: false, validateSchema: false }

/** First whether the value is valid, which nearly all are; then whether it keeps the limits; only then every fault. */
export function createCheck(
  original: object,
  root: SchemaObject,
  closed: Closed,
  draft: Draft,
  { formats = true, defaults = false, multipleOfPrecision = 6, prepare }: CheckOptions,
): (value: unknown) => readonly AjvError[] {
  const isComposed = [...closed.schemas].some((schema) => 'unevaluatedProperties' in schema)
  const withFormats = formats && namesFormat(root)
  const compile = (schema: object, more: object): AjvValidate => {
    const settings = { useDefaults: defaults, multipleOfPrecision, validateFormats: formats, verbose: true, ...more }
    const ajv = createAjv(draft, withFormats, settings)
    prepare?.(ajv)
    return ajv.compile(schema) as AjvValidate
  }
  // What is wrong with the author's schema is told of the author's; a keyword of ours needs no type beside it.
  if (isComposed) refusing(() => compile(original, {}))
  const isValid = refusing(() => compile(root, isComposed ? { ...KNOWN_TO_BE_RIGHT, strictTypes: false } : {}))
  let keepsLimits: AjvValidate | undefined
  let all: AjvValidate | undefined
  return (value) => {
    if (isValid(value)) return []
    keepsLimits ??= compileLimits(root, compile)
    if (!keepsLimits(value)) return keepsLimits.errors!
    all ??= compile(root, { ...KNOWN_TO_BE_RIGHT, strictTypes: false, allErrors: true })
    return all(value) ? [] : all.errors!
  }
}

function refusing(compile: () => AjvValidate): AjvValidate {
  try {
    return compile()
  } catch (cause) {
    if (cause instanceof MissingPeerError) throw cause
    throw new TypeError(`The JSON Schema is wrong: ${(cause as Error).message}`, { cause })
  }
}

function compileLimits(root: SchemaObject, compile: (schema: object, more: object) => AjvValidate): AjvValidate {
  try {
    return compile(limitsOf(root) as object, {
      ...KNOWN_TO_BE_RIGHT,
      strict: false,
      useDefaults: false,
      validateFormats: false,
    })
  } catch {
    // A `$ref` into a part that was left out, such as a branch of anyOf: then the limits count among all faults.
    return () => true
  }
}

function namesFormat(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  return typeof (schema as SchemaObject)['format'] === 'string' || Object.values(schema).some(namesFormat)
}
