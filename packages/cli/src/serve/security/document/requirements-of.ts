import { type Scheme, toScheme } from './scheme.ts'

type Json = Readonly<Record<string, unknown>>

/** A scheme that a requirement names, with the scopes that it asks for. */
export interface Demand {
  readonly scheme: Scheme
  /** Empty where the scheme has none: what other schemes list are roles, which OpenAPI leaves to the service. */
  readonly scopes: readonly string[]
}

/** What lets a request in: all of its demands. One without demands lets in whoever says nothing. */
export type Requirement = readonly Demand[]

/**
 * What an operation asks for (OpenAPI 3.1 §4.8.30): its own `security`, or that of the document; any of them is enough.
 * None where nobody has to say who they are. What is no requirement cannot be fulfilled, and opens nothing.
 */
export function requirementsOf(document: Json, operation: Json): readonly Requirement[] {
  const security = operation['security'] ?? document['security']
  if (security === undefined) return []
  if (!Array.isArray(security)) return [unreadable('its security is no list of requirements')]
  return security.map((requirement: unknown) => {
    if (typeof requirement !== 'object' || requirement === null || Array.isArray(requirement))
      return unreadable('one of its security requirements is no object')
    return Object.entries(requirement).map(([name, listed]) => toDemand(document, name, listed))
  })
}

function toDemand(document: Json, name: string, listed: unknown): Demand {
  const scheme = toScheme(document, name)
  const hasScopes = scheme.kind === 'bearer' && scheme.hasScopes
  return { scheme, scopes: hasScopes && Array.isArray(listed) ? listed.map(String) : [] }
}

function unreadable(why: string): Requirement {
  return [{ scheme: { kind: 'unenforceable', why }, scopes: [] }]
}
