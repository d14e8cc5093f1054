import { loadPeer } from '../load-peer.ts'
import { uniqueItems } from './unique-items.ts'

/** The part of an error of ajv that is used. */
export interface AjvError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
  /** Set within `propertyNames`: the name that is wrong. */
  readonly propertyName?: string
  /** The value of the keyword, and the schema that has it: with `verbose`. */
  readonly schema?: unknown
  readonly parentSchema?: object
}

/** A compiled schema; its errors belong to the last call. */
export interface AjvValidate {
  (value: unknown): boolean
  errors?: readonly AjvError[] | null
}

/** The part of ajv 8 that is used, and that `prepare` gets: further schemas, formats and keywords are added to it. */
export interface AjvLike {
  compile(schema: object): unknown
  addSchema(schema: never, key?: string): unknown
  addFormat(name: string, format: never): unknown
  addKeyword(definition: never): unknown
  removeKeyword(name: string): unknown
  addVocabulary(definitions: never): unknown
}

/** The drafts that are read, by what `$schema` says. */
export type Draft = 'draft-2020-12' | 'draft-07'

type AjvClass = new (options: object) => AjvLike

const MODULES: Readonly<Record<Draft, string>> = { 'draft-2020-12': 'ajv/dist/2020.js', 'draft-07': 'ajv' }

// Annotations of OpenAPI's schema objects, which assert nothing.
const ANNOTATIONS = ['example', 'externalDocs', 'xml']

/** Makes an ajv of the draft, strict, with the formats where the schema names one. */
export function createAjv(draft: Draft, withFormats: boolean, options: object): AjvLike {
  const { default: Ajv } = loadPeer(MODULES[draft], 'jsonSchema()', 'ajv@8') as { default: AjvClass }
  const ajv = new Ajv({
    strict: true,
    // These three refuse schemas that are right: required in a branch of anyOf, ['string', 'null'], open tuples.
    strictRequired: false,
    allowUnionTypes: true,
    strictTuples: false,
    coerceTypes: false,
    // The names of Object.prototype are no members that anybody sent.
    ownProperties: true,
    discriminator: true,
    // Needed by draft 7 too, where unknown members of composed objects are told by it.
    unevaluated: true,
    logger: false,
    ...options,
  })
  if (draft === 'draft-07') addUnevaluated(ajv)
  ajv.removeKeyword('uniqueItems')
  ajv.addKeyword(uniqueItems as never)
  ajv.addVocabulary(ANNOTATIONS as never)
  if (withFormats) {
    const plugin = loadPeer('ajv-formats', "A schema with 'format'", 'ajv-formats@3') as {
      default: (to: AjvLike) => void
    }
    plugin.default(ajv)
  }
  return ajv
}

function addUnevaluated(ajv: AjvLike): void {
  const path = 'ajv/dist/vocabularies/unevaluated/unevaluatedProperties.js'
  ajv.addKeyword((loadPeer(path, 'jsonSchema()', 'ajv@8') as { default: never }).default)
}
