import type { JsonObject } from './is-record.ts'
import { parseUrl } from './parse-url.ts'
import type { SourceDocument } from './read-source.ts'
import { serverUrls } from './server-urls.ts'
import { TargetError } from './target-error.ts'
import { trimUrl } from './trim-url.ts'

/** Where the API runs, and what had to be guessed for it. */
export interface FoundBaseUrl {
  readonly baseUrl: string
  readonly warnings: readonly string[]
}

/**
 * Finds where the API of a document runs: the caller's word, else the server of the document on the origin that
 * answered, else its first server. Relative servers are resolved against the document's own address.
 */
export function findBaseUrl(source: SourceDocument, document: JsonObject, given?: string): FoundBaseUrl {
  if (given !== undefined) return { baseUrl: checkedBaseUrl(given), warnings: [] }
  const fromNetwork = /^https?:/.test(source.url)
  const origin = fromNetwork ? new URL(source.lookedUnder ?? source.url).origin : undefined
  const servers = serverUrls(document['servers'], fromNetwork ? source.url : undefined)
  const sameOrigin = servers.find((server) => origin !== undefined && new URL(server).origin === origin)
  if (sameOrigin !== undefined) return { baseUrl: trimUrl(sameOrigin), warnings: [] }
  const [first] = servers
  if (origin === undefined) {
    if (first !== undefined) return { baseUrl: trimUrl(first), warnings: [] }
    throw new TargetError('bad-base-url', 'The document does not say where the API runs.', {
      seen: [`servers: ${JSON.stringify(document['servers'] ?? [])}`],
      advice: 'Say it with a base URL, for example http://localhost:3000.',
    })
  }
  if (first === undefined) return { baseUrl: origin, warnings: [] }
  if (source.lookedUnder === undefined) {
    return {
      baseUrl: trimUrl(first),
      warnings: [`The document was read from ${origin}, but names the server ${first}: that one is called.`],
    }
  }
  // The caller named an API to be judged; another host in the document (production!) must not be called instead.
  const { pathname } = new URL(first)
  return {
    baseUrl: trimUrl(origin + pathname),
    warnings: [`The document names the server ${first}, but ${origin} was asked for: that one is called.`],
  }
}

function checkedBaseUrl(given: string): string {
  const url = parseUrl(given)
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TargetError('bad-base-url', `${given} is not a base URL.`, {
      advice: 'Write it in full and without a query, for example http://localhost:3000/v1.',
    })
  }
  return trimUrl(url.href)
}
