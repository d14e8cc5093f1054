import { createRequire } from 'node:module'
import { DOCUMENT_LIMITS } from './document-limits.ts'
import { isRecord, type JsonObject } from './is-record.ts'
import { mergeKeys } from './merge-keys.ts'
import { TargetError } from './target-error.ts'

// A member twice is a fault of the document that JSON parsers pass over as well.
const YAML = { maxAliasCount: DOCUMENT_LIMITS.aliases, merge: false, uniqueKeys: false, logLevel: 'error' } as const

// Most documents are JSON, and loading the parser of YAML takes a good part of a short run.
let yaml: typeof import('yaml') | undefined

function parseYaml(text: string): unknown {
  yaml ??= createRequire(import.meta.url)('yaml') as typeof import('yaml')
  refuseBombs(text)
  const value: unknown = yaml.parse(text, YAML)
  // Merged here and not by the parser, which copies without bound.
  if (text.includes('<<')) mergeKeys(value)
  return value
}

/** What the parser would spend minutes or its stack on is seen before it is asked. */
function refuseBombs(text: string): void {
  let open = 0
  for (const [run] of text.matchAll(/[[{][\s[{]*/g)) open = Math.max(open, run.replace(/\s/g, '').length)
  if (open > DOCUMENT_LIMITS.depth) throw new Error(`it is nested deeper than ${DOCUMENT_LIMITS.depth} levels`)
  let aliases = 0
  // Only a list or mapping on one line; the same asterisks in a description are far fewer.
  for (const _ of text.matchAll(/[[,]\s*\*[\w.-]+\s*(?=[,\]])/g)) {
    aliases++
    if (aliases > DOCUMENT_LIMITS.aliases) throw new Error(`it has more than ${DOCUMENT_LIMITS.aliases} aliases`)
  }
}

/** Parses JSON or YAML; the aliases of YAML are bounded, and unknown tags are left alone. */
export function parseText(text: string): unknown {
  const trimmed = text.replace(/^\uFEFF/, '').trimStart()
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
    try {
      return JSON.parse(trimmed)
    } catch (cause) {
      // A flow mapping of YAML starts like JSON; when it is neither, the message of the JSON parser is the helpful one.
      const value = tryYaml(trimmed)
      if (value === undefined) throw cause
      return value
    }
  }
  return parseYaml(trimmed)
}

/** Reads an OpenAPI document from its text, or says why it is none: `html-instead`, `unparseable`, `not-openapi`. */
export function parseDocument(text: string, source: string, contentType = ''): JsonObject {
  if (/^\s*(<!doctype html|<html|<head|<body)/i.test(text) || (/text\/html/i.test(contentType) && /^\s*</.test(text))) {
    throw new TargetError('html-instead', `${source} answers an HTML page, not an OpenAPI document.`, {
      seen: titleOf(text),
      advice: 'Name the address of the JSON or YAML document; the page usually links it (often /openapi.json).',
    })
  }
  const value = parseOrExplain(text, source)
  if (!isRecord(value) || !isOpenApi(value)) {
    throw new TargetError('not-openapi', `${source} is not an OpenAPI document: ${whyNot(value)}.`, {
      seen: isRecord(value) ? [`members: ${Object.keys(value).slice(0, 12).join(', ') || 'none'}`] : [],
      advice: 'Name an OpenAPI 3.x or Swagger 2.0 document, or the base URL of an API that serves one.',
    })
  }
  return value
}

/** Tells whether a parsed text says of itself that it is OpenAPI. */
function isOpenApi(value: unknown): value is JsonObject {
  return isRecord(value) && isRecord(value['paths'] ?? {}) && /^[23]\.\d/.test(versionOf(value))
}

/** The version that a document claims, `''` where it claims none; YAML reads an unquoted `3.0` as a number. */
export function versionOf(document: JsonObject): string {
  const version = document['openapi'] ?? document['swagger']
  if (typeof version === 'number') return version.toFixed(1)
  return typeof version === 'string' ? version : ''
}

function parseOrExplain(text: string, source: string): unknown {
  try {
    return parseText(text)
  } catch (cause) {
    const deep = `it is nested deeper than ${DOCUMENT_LIMITS.depth} levels`
    const message = String((cause as Error).message)
      .replace(/^Maximum call stack size exceeded/, deep)
      .replace(/^Excessive alias count.*/, `it has more than ${DOCUMENT_LIMITS.aliases} aliases`)
      .replace(/; please use YAML\.parseAllDocuments\(\)/, ', and one is wanted')
    const [first = '', ...rest] = message.split('\n')
    throw new TargetError('unparseable', `${source} is neither JSON nor YAML: ${first.replace(/[:.]$/, '')}.`, {
      seen: rest.filter((line) => line.trim() !== '').slice(0, 4),
      advice: 'Mend the document at that place; any JSON or YAML linter shows it.',
    })
  }
}

function tryYaml(text: string): unknown {
  try {
    return parseYaml(text)
  } catch {
    return undefined
  }
}

function titleOf(html: string): readonly string[] {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1]?.trim()
  return title ? [`page title: ${title}`] : []
}

function whyNot(value: unknown): string {
  if (value === null || value === undefined) return 'it is empty'
  if (!isRecord(value)) return `it is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`
  const version = versionOf(value)
  if (version === '') return 'it has neither an "openapi" nor a "swagger" member'
  return /^[23]\.\d/.test(version) ? 'its "paths" are not an object' : `version ${version} is not known`
}
