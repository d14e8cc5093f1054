import type { StandardIssue } from '../../creation/settings/standard-schema.ts'
import type { AjvError } from './ajv.ts'

// The values of an enum are for reading; a long list is left to the document.
const MAX_SHOWN = 200

/** The keywords that are about a member of the value at `instancePath`, and the parameter that names it. */
const MEMBER: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  dependencies: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
  propertyNames: 'propertyName',
  discriminator: 'tag',
}

/** The path to what is wrong: to the member, also where it is missing or unknown. */
export function pathOf({ keyword, instancePath, params, propertyName }: AjvError): readonly string[] {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
  const member = propertyName ?? params[MEMBER[keyword] ?? '']
  return typeof member === 'string' ? [...path, member] : path
}

/** One error in words that need no knowledge of JSON Schema. Only what the schema says is told, never what was sent. */
export function toIssue(error: AjvError): StandardIssue {
  const detail = detailOf(error)
  return { message: error.propertyName === undefined ? detail : `has a name that ${detail}`, path: pathOf(error) }
}

function detailOf({ keyword, params, schema, message }: AjvError): string {
  switch (keyword) {
    case 'required':
      return 'is missing'
    case 'dependentRequired':
    case 'dependencies':
      return `is missing: it is needed together with ${String(params['property'])}`
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a known member'
    case 'enum':
      return oneOf((schema as readonly unknown[]).map((value) => JSON.stringify(value)))
    case 'const':
      return oneOf([JSON.stringify(schema)])
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}`
    case 'anyOf':
      return 'matches none of the ways in which it may be given'
    case 'oneOf':
      return params['passingSchemas'] === null
        ? 'matches none of the ways in which it may be given'
        : 'matches more than one of the ways in which it may be given'
    case 'discriminator':
      return 'is none of the kinds that are taken'
    case 'not':
    case 'false schema':
      return 'is not taken here'
    default:
      return (message ?? 'is not valid').replace('must NOT', 'must not')
  }
}

function oneOf(values: readonly string[]): string {
  const shown = values.join(', ')
  if (shown.length > MAX_SHOWN) return 'is none of the values that are taken'
  return values.length === 1 ? `must be ${shown}` : `must be one of ${shown}`
}
