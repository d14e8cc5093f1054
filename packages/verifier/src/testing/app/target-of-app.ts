import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FetchedText, FetchText } from '../../target/fetch-text.ts'
import { fetchText } from '../../target/fetch-text.ts'
import { loadTarget } from '../../target/load-target.ts'
import type { Target } from '../../target/target.ts'
import { targetFromExample } from '../../target/target-from-example.ts'
import type { VerifyAppOptions } from './verify-app-options.ts'

/** Understands what is to be verified at an address, and nowhere else. Rejects with a `TargetError` where it cannot. */
export async function targetOfApp(baseUrl: string, options: VerifyAppOptions): Promise<Target> {
  const { document, example, headers = {}, timeoutMs } = options
  if (example !== undefined) {
    const { method = 'POST', path, ...rest } = example
    return targetFromExample({ ...rest, method, url: `${baseUrl}/${path.replace(/^\//, '')}` }, options)
  }
  const fetch = document === undefined ? fetchText : placing(document, baseUrl, headers)
  // A document that is looked for below an address is about that address, whatever servers it names.
  return loadTarget(baseUrl, { ...options, fetch, headers, ...(timeoutMs !== undefined && { timeoutMs }) })
}

/** Fetches the given document where the first of the usual places is asked, and whatever else as it is. */
function placing(document: object | string, baseUrl: string, headers: Readonly<Record<string, string>>): FetchText {
  const place = `${baseUrl}/openapi.json`
  return async (url, options) => {
    if (url === baseUrl) return { url, status: 404, contentType: '', text: '' }
    if (url !== place) return fetchText(url, options)
    if (typeof document === 'object' && !(document instanceof URL)) return json(place, JSON.stringify(document))
    const source = new URL(String(document), `${baseUrl}/`)
    if (source.protocol === 'file:')
      return { ...json(place, await readFile(fileURLToPath(source), 'utf8')), contentType: '' }
    // The credentials are for the app; whoever serves the document may be a stranger.
    return fetchText(source.href, { ...options, headers: source.origin === new URL(baseUrl).origin ? headers : {} })
  }
}

function json(url: string, text: string): FetchedText {
  return { url, status: 200, contentType: 'application/json', text }
}
