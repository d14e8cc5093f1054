/** Wildcards of Express 5 are lists of segments. */
export function toParams(
  params: Readonly<Record<string, string | readonly string[]>>,
): Readonly<Record<string, string>> {
  for (const name in params) {
    if (typeof params[name] === 'string') continue
    return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, [value].flat().join('/')]))
  }
  return params as Readonly<Record<string, string>>
}
