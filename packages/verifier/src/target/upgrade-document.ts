import type { Validator } from '@seriousme/openapi-schema-validator'
import type { JsonObject } from './is-record.ts'
import { versionOf } from './parse-document.ts'

// One broken schema can raise hundreds of errors, and the first few tell where to look.
const MAX_WARNINGS = 10

// Compiling the schema of an OpenAPI version takes longer than anything else here, and the validator remembers it.
let validator: Promise<Validator> | undefined

// Loading it takes half of the time that loading the whole package would, and an example request needs none.
async function loadValidator(): Promise<Validator> {
  const { Validator } = await import('@seriousme/openapi-schema-validator')
  return new Validator()
}

/** A document in the shape of OpenAPI 3.x, with what its own version finds wrong with it. */
export interface UpgradedDocument {
  readonly document: JsonObject
  readonly warnings: readonly string[]
}

/**
 * Validates a document by its own version and brings 2.0 into the shape of 3.0.
 * Schemas are brought to 2020-12 one by one when they are used (`toStandaloneSchema`), because the upgrader's way from
 * 3.0 to 3.1 also rewrites properties that are *named* `example`.
 */
export async function upgradeDocument(document: JsonObject, validated = true): Promise<UpgradedDocument> {
  const warnings = validated ? await validateDocument(document) : []
  if (!versionOf(document).startsWith('2')) return { document, warnings }
  const swagger = { ...structuredClone(document), swagger: '2.0' }
  try {
    const { upgrade } = await import('@scalar/openapi-upgrader')
    return { document: upgrade(swagger, '3.0') as unknown as JsonObject, warnings }
  } catch (cause) {
    const reason = `The document could not be upgraded from 2.0: ${(cause as Error).message}`
    return { document: { ...document, paths: {} }, warnings: [...warnings, reason] }
  }
}

/** What the version of a document finds wrong with it, as sentences; the first ten places. Takes seconds for one of 10 MB. */
export async function validateDocument(document: JsonObject): Promise<readonly string[]> {
  try {
    validator ??= loadValidator()
    const result = await (await validator).validate(structuredClone(document))
    if (result.valid) return []
    const { errors = 'it is not valid' } = result
    if (typeof errors === 'string') return [`The document breaks its OpenAPI version: ${errors}`]
    const lines = errors.map((error) => `${error.instancePath || '/'} ${error.message ?? error.keyword}`)
    const distinct = [...new Set(lines)]
    const shown = distinct.slice(0, MAX_WARNINGS).map((line) => `The document breaks its OpenAPI version: ${line}`)
    if (distinct.length > MAX_WARNINGS) shown.push(`… and ${distinct.length - MAX_WARNINGS} more places.`)
    return shown
  } catch (cause) {
    return [`The document could not be validated: ${(cause as Error).message}`]
  }
}
