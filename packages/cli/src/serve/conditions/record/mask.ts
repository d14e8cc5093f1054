/** What stands where a secret was. */
const masked = '***'

// Header lines that carry credentials by their name, whoever sends them.
const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|access-?token|auth-?token|secret|session/i

// The same in a query.
const SECRET_PARAMETER =
  /api_?-?key|secret|session|password|signature|^((access|auth|id|refresh)_)?token$|^(key|auth)$/i

/** Tells which header lines and query parameters are secrets; `names` are those of this service, such as that of its API key. */
export function createMask(names: readonly string[] = []): {
  header(name: string, value: string): string
  parameter(name: string, value: string): string
} {
  const own = new Set(names.map((name) => name.toLowerCase()))
  const mask = (pattern: RegExp) => (name: string, value: string) =>
    own.has(name.toLowerCase()) || pattern.test(name) ? masked : value
  return { header: mask(SECRET_HEADER), parameter: mask(SECRET_PARAMETER) }
}

/** The two kinds of names that a mask knows. */
export type Mask = ReturnType<typeof createMask>
