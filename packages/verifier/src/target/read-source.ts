import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { FetchedText, FetchText, FetchTextOptions } from './fetch-text.ts'
import type { JsonObject } from './is-record.ts'
import { parseDocument } from './parse-document.ts'
import { readTextFile } from './read-text-file.ts'
import { TargetError } from './target-error.ts'

/** A document with the address it was read from. */
export interface SourceDocument {
  /** `file:` or `http(s):`; references and relative servers are resolved against it. */
  readonly url: string
  readonly document: JsonObject
  /** The base URL under which the document was looked for, when the source named no document. */
  readonly lookedUnder?: string
}

/** Where frameworks serve their document by default, the most common first. */
const USUAL_PATHS: readonly string[] = [
  'openapi.json',
  'openapi.yaml',
  'swagger.json',
  'v3/api-docs',
  'api/openapi.json',
  'docs/openapi.json',
  'openapi/v3.json',
  'openapi/v1.json',
  'swagger/v1/swagger.json',
  'v2/api-docs',
  'api-docs',
  'api-docs/swagger.json',
  'api-docs.json',
  'api-json',
  'docs/json',
  'documentation/json',
  'docs.json',
  'doc',
  'api/schema/',
  'api/swagger.json',
  'api/v1/openapi.json',
  'v1/openapi.json',
  'apispec_1.json',
  'swagger/doc.json',
  'openapi',
  'openapi.yml',
  'swagger.yaml',
  'q/openapi',
  'schema/openapi.json',
  'docs/api.json',
  'api/docs.json',
  'openapi/openapi.json',
  'api/v2/openapi.yaml',
  'api-spec.json',
  '__api__',
  '.well-known/openapi.json',
]

/** Reads the document that a source names: a file, a URL, or a base URL below which it is looked for. */
export async function readSource(
  source: string,
  fetch: FetchText,
  options: FetchTextOptions = {},
): Promise<SourceDocument> {
  if (!/^https?:\/\//i.test(source)) return readDocumentFile(source, options.maxBytes)
  if (!URL.canParse(source)) {
    throw new TargetError('bad-base-url', `${source} is not a valid URL.`, { advice: 'Check the spelling.' })
  }
  const answer = await fetch(source, options)
  const named = looksLikeDocument(new URL(answer.url).pathname)
  const document = attempt(answer)
  if (!(document instanceof TargetError)) return { url: answer.url, document }
  if (named) throw document
  return lookUnder(source, fetch, options, `${source} → ${describe(answer)}`)
}

async function lookUnder(
  base: string,
  fetch: FetchText,
  options: FetchTextOptions,
  firstSeen: string,
): Promise<SourceDocument> {
  const folder = new URL(base)
  folder.search = ''
  folder.hash = ''
  if (!folder.pathname.endsWith('/')) folder.pathname += '/'
  const places = USUAL_PATHS.map((path) => new URL(path, folder).href)
  const root = new URL('/', folder)
  if (root.href !== folder.href) places.push(...USUAL_PATHS.slice(0, 6).map((path) => new URL(path, root).href))
  const seen = [firstSeen]
  let closest: TargetError | undefined
  for (const place of places) {
    const answer = await fetch(place, options).catch(asTargetError)
    if (answer instanceof TargetError) {
      seen.push(`${new URL(place).pathname} → ${answer.message}`)
      continue
    }
    const document = attempt(answer)
    if (!(document instanceof TargetError)) return { url: answer.url, document, lookedUnder: base }
    if (document.code === 'unparseable') closest ??= document
    seen.push(`${new URL(place).pathname} → ${describe(answer)}`)
  }
  // A document that is there but broken is what the user wants to hear about, not where else nothing was.
  if (closest !== undefined) throw closest
  throw new TargetError('no-document', `No OpenAPI document was found at ${base} or at the usual paths below it.`, {
    seen,
    advice: 'Name the address or the file of the document, or give one example request instead.',
  })
}

/** One place that does not answer is no reason to leave the others out; the base URL itself did answer. */
function asTargetError(cause: unknown): TargetError {
  if (cause instanceof TargetError && cause.code !== 'timeout') return cause
  throw cause
}

function attempt(answer: FetchedText): JsonObject | TargetError {
  if (answer.status < 200 || answer.status >= 300) return httpError(answer)
  try {
    return parseDocument(answer.text, answer.url, answer.contentType)
  } catch (error) {
    if (error instanceof TargetError) return error
    throw error
  }
}

function httpError(answer: FetchedText): TargetError {
  const denied = answer.status === 401 || answer.status === 403
  return new TargetError('http-error', `${answer.url} answers ${answer.status} instead of a document.`, {
    seen: [describe(answer)],
    advice: denied ? 'Pass the credentials as a header.' : 'Check the address of the document.',
  })
}

function describe(answer: FetchedText): string {
  const type = answer.contentType.split(';')[0]?.trim()
  return type ? `${answer.status} ${type}` : String(answer.status)
}

function looksLikeDocument(path: string): boolean {
  return /\.(json|ya?ml)$/i.test(path) || /(openapi|swagger|api-docs)/i.test(path)
}

async function readDocumentFile(source: string, maxBytes?: number): Promise<SourceDocument> {
  const path = source.startsWith('file:') ? fileURLToPath(source) : resolve(source)
  const kind = await stat(path).catch(() => undefined)
  if (kind === undefined || kind.isDirectory()) {
    const looksLikeHost = /^[\w.-]+(:\d+)(\/|$)/.test(source) || source.startsWith('localhost')
    throw new TargetError(
      'file-not-found',
      kind === undefined ? `There is no file ${source}.` : `${source} is a directory, not a document.`,
      {
        seen: [`looked for ${path}`],
        advice: looksLikeHost
          ? `To name an API, write http://${source} in full.`
          : 'Name the file of an OpenAPI document, or the URL of an API with http:// or https:// before it.',
      },
    )
  }
  return { url: pathToFileURL(path).href, document: parseDocument(await readTextFile(path, source, maxBytes), source) }
}
