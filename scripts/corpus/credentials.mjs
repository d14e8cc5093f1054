/** Two principals, each with a token that is an API key, a bearer token or a password, as a document wants it. */
export const principals = [
  { name: 'ann', token: 'corpus-token-of-ann-0123456789' },
  { name: 'bob', token: 'corpus-token-of-bob-0123456789' },
]

/** The header lines by which a principal is known to an API, by the security schemes of its document. */
export function headersOf(document, { name, token }) {
  const lines = new Map()
  const schemes = Object.values(document.components?.securitySchemes ?? {})
  // One request has one Authorization: where a document has both, a token goes before a password.
  for (const scheme of [...schemes].sort((a, b) => Number(isBasic(b)) - Number(isBasic(a)))) {
    if (scheme.type === 'apiKey' && scheme.in === 'header') lines.set(scheme.name, token)
    else if (scheme.type === 'apiKey' && scheme.in === 'cookie') lines.set('Cookie', `${scheme.name}=${token}`)
    else if (isBasic(scheme)) lines.set('Authorization', `Basic ${Buffer.from(`${name}:${token}`).toString('base64')}`)
    else if (['http', 'oauth2', 'openIdConnect'].includes(scheme.type)) lines.set('Authorization', `Bearer ${token}`)
  }
  return [...lines]
}

/** What one operation asks for: the header lines and the query of the first of its requirements. */
export function credentialsOf(document, { security = document.security ?? [] }, { name, token }) {
  const [requirement = {}] = security
  const schemes = Object.keys(requirement).flatMap((one) => document.components?.securitySchemes?.[one] ?? [])
  const query = schemes.filter((one) => one.type === 'apiKey' && one.in === 'query').map((one) => [one.name, token])
  const headers = headersOf({ components: { securitySchemes: schemes } }, { name, token })
  return { headers, query: new URLSearchParams(query).toString() }
}

function isBasic({ type, scheme }) {
  return type === 'http' && String(scheme).toLowerCase() === 'basic'
}
