import { fileURLToPath } from 'node:url'
import type { FileInfo, ParserOptions } from '@apidevtools/json-schema-ref-parser'
import type { FetchText, FetchTextOptions } from './fetch-text.ts'
import { inspectValues } from './inspect-values.ts'
import { intoDefinitions } from './into-definitions.ts'
import { isRecord, type JsonObject } from './is-record.ts'
import { parseText, versionOf } from './parse-document.ts'
import type { SourceDocument } from './read-source.ts'
import { readTextFile } from './read-text-file.ts'
import { TargetError } from './target-error.ts'

/** A document whose references all point into itself, as far as that was possible. */
export interface BundledDocument {
  readonly document: JsonObject
  readonly warnings: readonly string[]
}

/**
 * Brings what a document refers to in other files into the document. A reference that cannot be followed is a
 * warning: only a creation that depends on it is lost.
 */
export async function bundleDocument(
  source: SourceDocument,
  fetch: FetchText,
  options: FetchTextOptions,
): Promise<BundledDocument> {
  const { fault, warnings } = inspectValues(source.document)
  if (fault !== undefined) {
    throw new TargetError('unparseable', `${source.url} cannot be worked with: ${fault.what}.`, {
      seen: [fault.pointer],
      advice: 'Mend the document at that place; what repeats itself is written with $ref.',
    })
  }
  if (!hasExternalReference(source.document)) return { document: source.document, warnings }
  try {
    const isOld = versionOf(source.document).startsWith('2')
    // Few documents have parts elsewhere.
    const { $RefParser } = await import('@apidevtools/json-schema-ref-parser')
    const parserOptions: ParserOptions = {
      resolve: {
        file: { order: 1, canRead: /^(file:|\/|[a-z]:\\)/i, read: (file: FileInfo) => readLocal(file.url, source.url) },
        http: {
          order: 2,
          canRead: /^https?:/i,
          read: (file: FileInfo) => readRemote(file.url, source.url, fetch, options),
        },
      },
      parse: {
        json: false,
        yaml: { order: 1, canParse: true, parse: (file: FileInfo) => parsePart(String(file.data)) },
        text: false,
        binary: false,
      },
    }
    const document = structuredClone(source.document)
    if (!isOld) {
      return { document: (await $RefParser.bundle(source.url, document, parserOptions)) as JsonObject, warnings }
    }
    // The upgrade from 2.0 moves what `bundle` points at; definitions are moved with what refers to them.
    const files = await $RefParser.resolve(source.url, document, parserOptions)
    return { document: intoDefinitions(source.url, source.document, (url) => files.get(url)), warnings }
  } catch (cause) {
    return {
      document: source.document,
      warnings: [...warnings, `A reference cannot be followed: ${(cause as Error).message}`],
    }
  }
}

function parsePart(text: string): unknown {
  const value = parseText(text)
  const { fault } = inspectValues(value)
  if (fault !== undefined) throw new Error(`at ${fault.pointer}, ${fault.what}`)
  return value
}

async function readLocal(url: string, root: string): Promise<string> {
  // A document from the network must not make this machine read its own files.
  if (!root.startsWith('file:')) throw new Error(`${url} is a local file, but the document came from ${root}`)
  return readTextFile(url.startsWith('file:') ? fileURLToPath(url) : url, url)
}

async function readRemote(url: string, root: string, fetch: FetchText, options: FetchTextOptions): Promise<string> {
  const sameOrigin = new URL(url).origin === new URL(root).origin
  const answer = await fetch(url, sameOrigin ? options : { ...options, headers: {} })
  if (answer.status < 200 || answer.status >= 300) throw new Error(`${url} answers ${answer.status}`)
  return answer.text
}

function hasExternalReference(value: unknown, seen: Set<unknown> = new Set()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false
  seen.add(value)
  if (isRecord(value)) {
    const reference = value['$ref']
    if (typeof reference === 'string' && !reference.startsWith('#')) return true
  }
  return Object.values(value).some((member) => hasExternalReference(member, seen))
}
