/** Where the database of a URL is, without user, password and parameters. */
export function placeOfUrl(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `postgres://${host}${pathname}`
  } catch {
    return 'PostgreSQL'
  }
}
