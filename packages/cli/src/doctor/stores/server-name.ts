/** A server and its database as reports name them: never the user or the password. */
export function serverName(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname === '/' ? '' : pathname}`
  } catch {
    return ''
  }
}
