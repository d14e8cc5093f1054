import { resolved } from './document/resolved.ts'
import { toScheme } from './document/scheme.ts'

/** Where the API keys of a document are sent: names whose values logs and recordings must not show. */
export interface SecretNames {
  /** Lower case; of cookies, the header that they are in. */
  readonly headers: readonly string[]
  readonly parameters: readonly string[]
}

/** Finds them in all schemes that the document declares, whether an operation uses them or not. */
export function secretNames(document: Readonly<Record<string, unknown>>): SecretNames {
  const schemes = resolved(document, resolved(document, document['components'])?.['securitySchemes']) ?? {}
  const headers = new Set(['authorization', 'proxy-authorization', 'cookie'])
  const parameters = new Set<string>()
  for (const name of Object.keys(schemes)) {
    const scheme = toScheme(document, name)
    if (scheme.kind !== 'api-key') continue
    if (scheme.in === 'header') headers.add(scheme.name)
    if (scheme.in === 'query') parameters.add(scheme.name)
  }
  return { headers: [...headers], parameters: [...parameters] }
}
