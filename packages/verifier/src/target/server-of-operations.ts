import type { JsonObject } from './is-record.ts'
import type { SourceDocument } from './read-source.ts'
import { serverUrls } from './server-urls.ts'
import type { ServerOf } from './servers-over.ts'
import { trimUrl } from './trim-url.ts'

/**
 * Tells where an operation with servers of its own runs, when the API runs at `findBase()`. Whoever named the API, by a
 * base URL or as what the document was looked for under, is followed to no other origin: only the path of the
 * operation's server counts then. Otherwise a server elsewhere stays uncalled, for what one host may be told
 * (credentials, data) the document alone cannot entrust to another.
 */
export function serverOfOperations(
  source: SourceDocument,
  document: JsonObject,
  findBase: () => string,
  given: string | undefined,
): ServerOf {
  const address = /^https?:/.test(source.url) ? source.url : undefined
  const isNamed = given !== undefined || source.lookedUnder !== undefined
  return (servers) => {
    const baseUrl = findBase()
    const { origin } = new URL(baseUrl)
    // A file has no address, and `/v2` in it is meant on the host where the API runs.
    const urls = serverUrls(servers, address ?? baseUrl).map(trimUrl)
    const here = urls.find((url) => new URL(url).origin === origin)
    const [url] = urls
    if (url === undefined) return undefined
    if (given === undefined && here !== undefined) return { kind: 'here', baseUrl: here }
    if (!isNamed) return { kind: 'elsewhere', url }
    return {
      kind: 'here',
      baseUrl: moved(here ?? url, serverUrls(document['servers'], address ?? baseUrl).map(trimUrl), baseUrl),
    }
  }
}

/** A server at the place that was named: below it where it lies below the document's own, else with its path alone. */
function moved(url: string, roots: readonly string[], baseUrl: string): string {
  const root = roots.find((one) => url === one || url.startsWith(`${one}/`))
  if (root !== undefined) return baseUrl + url.slice(root.length)
  const { origin } = new URL(baseUrl)
  return trimUrl(origin + new URL(url).pathname)
}
