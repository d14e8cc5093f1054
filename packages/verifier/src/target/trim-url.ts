/** A URL as a base for paths: without query, fragment and slash at the end. */
export function trimUrl(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/+$/, '')
}
