/** The value of `Allow` (RFC 9110 §10.2.1) for the methods of a path: OPTIONS, and HEAD beside GET, need not be named. */
export function allow(methods: Iterable<string>): string {
  const possible = new Set([...methods, 'OPTIONS'])
  if (possible.has('GET')) possible.add('HEAD')
  return [...possible].sort().join(', ')
}
