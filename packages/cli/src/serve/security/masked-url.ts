const MASK = '***'

/**
 * A URL, or the part of it that a request has, with the values of secret query parameters replaced, for logs and
 * recordings. Names are compared as they are meant, decoded, and without regard to case; the rest stays byte for byte.
 */
export function maskedUrl(url: string, secretParameterNames: readonly string[]): string {
  const at = url.indexOf('?')
  if (at === -1 || secretParameterNames.length === 0) return url
  const secret = new Set(secretParameterNames.map((name) => name.toLowerCase()))
  const [query = '', ...fragment] = url.slice(at + 1).split(/(?=#)/)
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = new URLSearchParams(pair).keys()
    return secret.has(name.toLowerCase()) ? `${pair.split('=')[0]}=${MASK}` : pair
  })
  return `${url.slice(0, at)}?${pairs.join('&')}${fragment.join('')}`
}
