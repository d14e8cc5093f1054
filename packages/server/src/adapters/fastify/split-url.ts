/** A request's target as path and query; both stay encoded. */
export function splitUrl(url: string): { url: string; query: string } {
  const mark = url.indexOf('?')
  return mark === -1 ? { url, query: '' } : { url: url.slice(0, mark), query: url.slice(mark + 1) }
}
