import { bundleDocument } from './bundle-document.ts'
import { type FetchText, fetchText } from './fetch-text.ts'
import { type FoundBaseUrl, findBaseUrl } from './find-base-url.ts'
import { type FoundCreations, findCreations } from './find-creations.ts'
import { isRecord, type JsonObject } from './is-record.ts'
import { versionOf } from './parse-document.ts'
import { type OverrideOptions, parseOverrides } from './parse-overrides.ts'
import { readSource } from './read-source.ts'
import { serverOfOperations } from './server-of-operations.ts'
import { serverUrls } from './server-urls.ts'
import type { Target } from './target.ts'
import { TargetError } from './target-error.ts'
import { upgradeDocument } from './upgrade-document.ts'

export interface LoadTargetOptions extends OverrideOptions {
  /** Where the API runs, when the document does not say or says otherwise. */
  readonly baseUrl?: string
  /** Sent when the document is fetched, to its own origin only. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for each fetch. @default 10_000 */
  readonly timeoutMs?: number
  /** The largest document that is read. @default 33_554_432 */
  readonly maxBytes?: number
  /** How documents are fetched. @default node:http and node:https */
  readonly fetch?: FetchText
}

/**
 * Reads and understands the target that a source names: the URL or file of an OpenAPI document (JSON or YAML), or a
 * base URL below which the document is looked for. Rejects with a `TargetError` that says what was wrong, what was
 * seen and what to do.
 *
 * @example
 * const target = await loadTarget('http://localhost:3000', { duplicates: 'createUser=reject' })
 * target.creations.map((creation) => creation.id)
 */
export async function loadTarget(source: string, options: LoadTargetOptions = {}): Promise<Target> {
  const overrides = parseOverrides(options)
  const fetch = options.fetch ?? fetchText
  const fetchOptions = {
    ...(options.headers === undefined ? {} : { headers: options.headers }),
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  }
  const read = await readSource(source, fetch, fetchOptions)
  const bundled = await bundleDocument(read, fetch, fetchOptions)
  const upgraded = await upgradeDocument(bundled.document)
  let known: FoundBaseUrl | undefined
  const findBase = (): FoundBaseUrl => {
    known ??= findBaseUrl(read, upgraded.document, options.baseUrl)
    return known
  }
  const serverOf = serverOfOperations(read, upgraded.document, () => findBase().baseUrl, options.baseUrl)
  const found = findCreations(upgraded.document, overrides.overrideOf, serverOf)
  if (found.creations.length === 0) throw noCreation(source, found, bundled.warnings)
  requireKnown(overrides.named, found)
  const base = findBase()
  return {
    document: {
      source: read.url,
      version: versionOf(read.document),
      title: titleOf(read.document, source),
      ...releaseOf(read.document),
    },
    baseUrl: base.baseUrl,
    servers: declaresServers(upgraded.document)
      ? serverUrls(upgraded.document['servers'], /^https?:/.test(read.url) ? read.url : undefined)
      : [],
    ...found,
    warnings: [...bundled.warnings, ...upgraded.warnings, ...base.warnings],
  }
}

function titleOf(document: JsonObject, source: string): string {
  const info = isRecord(document['info']) ? document['info'] : {}
  return typeof info['title'] === 'string' && info['title'] !== '' ? info['title'] : source
}

function releaseOf(document: JsonObject): { readonly release?: string } {
  const release = isRecord(document['info']) ? document['info']['version'] : undefined
  return typeof release === 'string' || typeof release === 'number' ? { release: String(release) } : {}
}

function noCreation(source: string, found: FoundCreations, warnings: readonly string[]): TargetError {
  const seen = found.notCreations.map(({ operation, why }) => `${operation}: ${why}`)
  const broken = seen.filter((line) => line.includes('which is not in the document'))
  if (broken.length > 0) {
    return new TargetError('broken-reference', `The document at ${source} refers to what is not there.`, {
      seen: [...broken, ...warnings],
      advice: 'Mend the references; a document linter (for example redocly lint) lists all of them.',
    })
  }
  return new TargetError('no-creation', `The document at ${source} describes no creation.`, {
    seen: seen.length > 0 ? seen : ['the document has no POST and no PUT at all'],
    advice: 'Declare a 201 for the operation that creates, or give one example request instead of the document.',
  })
}

function requireKnown(named: readonly string[], found: FoundCreations): void {
  const known = new Set(found.creations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]))
  const unknown = named.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  const refused = found.notCreations
    .filter(({ operation }) => unknown.includes(operation))
    .map(({ operation, why }) => `${operation}: ${why}`)
  throw new TargetError('bad-option', `There is no creation named ${unknown.join(', ')}.`, {
    seen: [...refused, ...found.creations.map(({ id }) => id)],
    advice: 'Name one of the creations that were found, by its operationId or as "POST /orders".',
  })
}

function declaresServers({ servers }: JsonObject): boolean {
  return Array.isArray(servers) && servers.length > 0
}
