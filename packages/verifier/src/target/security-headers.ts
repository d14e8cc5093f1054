import { isRecord, type JsonObject } from './is-record.ts'
import { resolveObject } from './resolve-object.ts'

/** The names of the headers that carry the credentials which an operation asks for. */
export function securityHeaders(document: JsonObject, operation: JsonObject): readonly string[] {
  const requirements = operation['security'] ?? document['security']
  if (!Array.isArray(requirements)) return []
  // An empty requirement among them means that nobody has to log in.
  if (requirements.some((requirement) => isRecord(requirement) && Object.keys(requirement).length === 0)) return []
  const components = isRecord(document['components']) ? document['components'] : {}
  const schemes = isRecord(components['securitySchemes']) ? components['securitySchemes'] : {}
  const first = requirements.find(isRecord) ?? {}
  const names = Object.keys(first).flatMap((name) => headerOf(resolveObject(document, schemes[name])))
  return [...new Set(names)]
}

function headerOf(scheme: JsonObject | undefined): readonly string[] {
  switch (scheme?.['type']) {
    case 'http':
    case 'oauth2':
    case 'openIdConnect':
      return ['Authorization']
    case 'apiKey':
      if (scheme['in'] === 'header' && typeof scheme['name'] === 'string') return [scheme['name']]
      return scheme['in'] === 'cookie' ? ['Cookie'] : []
    default:
      return []
  }
}
