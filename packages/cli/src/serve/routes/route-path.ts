/**
 * A path template as find-my-way takes it, with the parameters in order as `p0`, `p1` …: names in documents may be
 * anything. Undefined for what a router cannot take: two parameters without anything between them, a literal `*` or `?`,
 * and what stays encoded when an address is decoded.
 */
export function routePath(template: string, lastName?: string): string | undefined {
  const parts = template.split(/\{[^}]*\}/)
  if (
    parts.some(
      (literal, index) => /[*?#]|%/.test(decoded(literal)) || (literal === '' && index > 0 && index < parts.length - 1),
    )
  )
    return undefined
  let route = ''
  for (const [index, literal] of parts.entries()) {
    // The router compares what it has decoded.
    route += decoded(literal).replaceAll(':', '::')
    if (index === parts.length - 1) break
    const name = index === parts.length - 2 && lastName !== undefined ? lastName : `p${index}`
    const next = parts[index + 1]!
    // Without an expression a parameter ends only at a slash, a dash or a dot.
    route += next === '' || next.startsWith('/') ? `:${name}` : `:${name}([^/]+?)`
  }
  return route
}

function decoded(literal: string): string {
  try {
    return decodeURI(literal)
  } catch {
    return literal
  }
}
