import { bundleDocument } from './bundle-document.ts'
import { type FetchText, fetchText } from './fetch-text.ts'
import { isRecord, type JsonObject } from './is-record.ts'
import { versionOf } from './parse-document.ts'
import { readSource } from './read-source.ts'
import { upgradeDocument, validateDocument } from './upgrade-document.ts'

/** How a document is read. */
export interface ReadDocumentOptions {
  /** Sent when the document is fetched, to its own origin only. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for each fetch. @default 10_000 */
  readonly timeoutMs?: number
  /** The largest document that is read. @default 33_554_432 */
  readonly maxBytes?: number
  /**
   * `later` leaves out the validation by the document's OpenAPI version, which takes most of the time, until `validate()` of
   * what was read is called.
   * @default 'now'
   */
  readonly validation?: 'now' | 'later'
  /** How documents are fetched. @default node:http and node:https */
  readonly fetch?: FetchText
}

/** A document that stands alone. */
export interface ReadDocument {
  /** `file:` or `http(s):`. */
  readonly url: string
  /** In the shape of OpenAPI 3.x, whatever its version; every reference points into it. */
  readonly document: JsonObject
  /** The version of OpenAPI that it was written in. */
  readonly version: string
  readonly title: string
  /** What is wrong with it without keeping it from being understood. */
  readonly warnings: readonly string[]
  /** What its OpenAPI version finds wrong with it; among the warnings already, unless that was left for later. */
  readonly validate: () => Promise<readonly string[]>
}

/**
 * Reads an OpenAPI document, 2.0 to 3.2, JSON or YAML, from a file or URL, with what it refers to elsewhere brought in.
 * Rejects with a `TargetError` that says what was wrong, what was seen and what to do.
 */
export async function readDocument(source: string, options: ReadDocumentOptions = {}): Promise<ReadDocument> {
  const { fetch = fetchText, validation = 'now', ...fetchOptions } = options
  const read = await readSource(source, fetch, fetchOptions)
  const bundled = await bundleDocument(read, fetch, fetchOptions)
  const upgraded = await upgradeDocument(bundled.document, validation === 'now')
  const info = isRecord(read.document['info']) ? read.document['info'] : {}
  return {
    url: read.url,
    document: upgraded.document,
    version: versionOf(read.document),
    title: typeof info['title'] === 'string' && info['title'] !== '' ? info['title'] : source,
    warnings: [...bundled.warnings, ...upgraded.warnings],
    validate: () => validateDocument(bundled.document),
  }
}
