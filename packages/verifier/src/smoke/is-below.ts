/** Tells whether a URL is a base URL or lies below it: the same origin, and a path that begins with its whole segments. */
export function isBelow(url: string, baseUrl: string): boolean {
  const [at, base] = [new URL(url), new URL(baseUrl)]
  const prefix = base.pathname.replace(/\/+$/, '')
  return at.origin === base.origin && `${at.pathname.replace(/\/+$/, '')}/`.startsWith(`${prefix}/`)
}
