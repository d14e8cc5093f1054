import { resolved } from './resolved.ts'

/** A security scheme of a document, by what a request has to bring. */
export type Scheme =
  | { readonly kind: 'api-key'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }
  | { readonly kind: 'bearer'; readonly hasScopes: boolean }
  | { readonly kind: 'basic' }
  | { readonly kind: 'unenforceable'; readonly why: string }

// RFC 9110 §5.6.2: what names of header lines and of cookies are made of.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/** Reads a security scheme (OpenAPI 3.1 §4.8.27); one that this server cannot check says why. */
export function toScheme(document: Readonly<Record<string, unknown>>, name: string): Scheme {
  const components = resolved(document, document['components'])
  const schemes = resolved(document, components?.['securitySchemes'])
  const declared = schemes !== undefined && Object.hasOwn(schemes, name) ? resolved(document, schemes[name]) : undefined
  if (declared === undefined) return no(`the security scheme ${name} is not declared in components.securitySchemes`)
  switch (declared['type']) {
    case 'apiKey':
      return toApiKey(name, declared['in'], declared['name'])
    case 'http':
      return toHttp(name, declared['scheme'])
    case 'oauth2':
    case 'openIdConnect':
      return { kind: 'bearer', hasScopes: true }
    case 'mutualTLS':
      return no(`the security scheme ${name} is mutual TLS, and this server has no TLS of its own`)
    default:
      return no(`the security scheme ${name} has no type that this server knows`)
  }
}

function toApiKey(scheme: string, where: unknown, name: unknown): Scheme {
  if (typeof name !== 'string' || name === '') return no(`the API key of ${scheme} has no name`)
  if (where === 'query') return { kind: 'api-key', in: 'query', name }
  if (where !== 'header' && where !== 'cookie') return no(`the API key of ${scheme} is in no header, query or cookie`)
  if (!TOKEN.test(name)) return no(`the API key of ${scheme} has a name that no ${where} can have`)
  return { kind: 'api-key', in: where, name: where === 'header' ? name.toLowerCase() : name }
}

function toHttp(scheme: string, named: unknown): Scheme {
  // RFC 9110 §11.1: case-insensitive.
  const kind = String(named).toLowerCase()
  if (kind === 'bearer') return { kind: 'bearer', hasScopes: false }
  if (kind === 'basic') return { kind: 'basic' }
  return no(`the security scheme ${scheme} is of HTTP but neither bearer nor basic, which this server can check`)
}

function no(why: string): Scheme {
  return { kind: 'unenforceable', why }
}
