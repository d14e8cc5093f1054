import { UsageError } from '../../usage-error.ts'
import type { VerifyFlags } from '../verify-flags.ts'
import type { Example } from './example.ts'
import { parseCurl } from './parse-curl.ts'
import { parseItems } from './parse-items.ts'
import { parseJson } from './parse-json.ts'

/** What is to be judged: what a document describes, what one example request shows, or what was recorded. */
export type Source =
  | { readonly kind: 'document'; readonly name: string }
  | { readonly kind: 'example'; readonly example: Example }
  | { readonly kind: 'recording'; readonly file: string; readonly document?: string }

/** Reads the words of `createonce verify`: a target, or a request in the spelling of HTTPie, or none with --curl. */
export function readSource(words: readonly string[], { json, curl, baseUrl, har, start }: VerifyFlags): Source {
  if (har !== undefined && start !== undefined)
    throw new UsageError('--har calls nobody, so there is nothing for --start to start.')
  if (har !== undefined) return fromRecording(har, words, curl ?? json)
  if (curl === undefined && json === undefined && words.length === 1 && !isMethod(words[0]!)) {
    return { kind: 'document', name: words[0]! }
  }
  const example = curl === undefined ? fromWords(words, json) : fromCurl(curl, words, json)
  if (baseUrl !== undefined) throw new UsageError('--base-url belongs to a document; a request has its whole URL.')
  return { kind: 'example', example }
}

function fromRecording(file: string, words: readonly string[], example: string | undefined): Source {
  if (example !== undefined || words.length > 1 || (words[0] !== undefined && isMethod(words[0])))
    throw new UsageError('--har judges what was recorded; a request that is to be sent stands beside it.')
  return { kind: 'recording', file, ...(words[0] !== undefined && { document: words[0] }) }
}

function fromCurl(curl: string, words: readonly string[], json: string | undefined): Example {
  if (words.length > 0) throw new UsageError(`--curl is the whole request; ${words[0]} stands beside it.`)
  if (json !== undefined) throw new UsageError('--curl is the whole request; --json stands beside it.')
  return parseCurl(curl)
}

function fromWords(words: readonly string[], json: string | undefined): Example {
  const hasMethod = words[0] !== undefined && isMethod(words[0])
  const [url, ...texts] = hasMethod ? words.slice(1) : words
  if (url === undefined) {
    throw new UsageError(
      hasMethod
        ? `${words[0]} needs a URL: createonce verify POST http://localhost:5000/items name=tea.`
        : "missing required argument 'target': the URL or file of an OpenAPI document, a base URL, or a request; --profile NAME has its own.",
    )
  }
  const { headers, query, members } = parseItems(texts)
  const hasMembers = Object.keys(members).length > 0
  if (json !== undefined && hasMembers) {
    throw new UsageError(`--json is the whole body; ${Object.keys(members)[0]} stands beside it.`)
  }
  const body = json === undefined ? (hasMembers ? members : undefined) : parseJson(json, '--json')
  const method = hasMethod ? words[0]! : 'POST'
  return { method, url: withQuery(url, query), headers, ...(body !== undefined && { body }) }
}

function isMethod(word: string): boolean {
  return /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i.test(word)
}

function withQuery(url: string, query: readonly (readonly [string, string])[]): string {
  if (query.length === 0 || !URL.canParse(url)) return url
  const whole = new URL(url)
  for (const [name, value] of query) whole.searchParams.append(name, value)
  return whole.href
}
