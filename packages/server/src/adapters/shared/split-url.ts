// The form of a request target that proxies are asked with (RFC 9112 §3.2.2); servers must understand it too.
const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\/[^/?]*/i

/**
 * The path and the query of a request target, both as they were asked for: nothing is decoded, and nothing folded.
 *
 * @example
 * splitUrl('/orders?dry=1') // { path: '/orders', query: 'dry=1' }
 */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const target = url.startsWith('/') ? url : url.replace(ABSOLUTE, '')
  const mark = target.indexOf('?')
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}
