import { isRecord } from '../../target/is-record.ts'
import { headerLines } from './header-lines.ts'
import { fromText, readBody } from './read-body.ts'
import type { SeenAnswer } from './seen-answer.ts'

// A stream can be read once, and a test may assert twice.
const known = new WeakMap<object, Promise<SeenAnswer>>()

/**
 * Reads a response of `fetch`, of `inject` (light-my-request), of supertest, of axios, of undici, of `node:http`, or
 * `{ status, headers, body }`: recognised by what it has, no client is imported. A response of `fetch` stays readable
 * for the test; any may be read twice. Rejects with a TypeError for anything else.
 */
export function readAnswer(response: unknown): Promise<SeenAnswer> {
  if (typeof response !== 'object' || response === null) return Promise.reject(unrecognised(response))
  const before = known.get(response)
  if (before !== undefined) return before
  const answer = read(response as Readonly<Record<string, unknown>>)
  known.set(response, answer)
  return answer
}

async function read(response: Readonly<Record<string, unknown>>): Promise<SeenAnswer> {
  const { status, statusCode, headers } = response
  const code = typeof status === 'number' ? status : statusCode
  if (typeof code !== 'number' || typeof headers !== 'object' || headers === null) throw unrecognised(response)
  return {
    status: code,
    headers: headerLines(rawHeadersOf(response) ?? headers),
    ...(await contentOf(response)),
    url: urlOf(response),
  }
}

/** Where lines are still apart: repeated ones are lost in what most clients show. */
function rawHeadersOf(response: Readonly<Record<string, unknown>>): unknown {
  const message = [response, response['res'], within(response['request'], 'res')].find((one) =>
    Array.isArray(within(one, 'rawHeaders')),
  )
  return within(message, 'rawHeaders')
}

async function contentOf(response: Readonly<Record<string, unknown>>): Promise<Pick<SeenAnswer, 'text' | 'body'>> {
  const { bodyUsed, clone, text, payload, body, data } = response
  // fetch: a copy is read, so that the test can read the response itself.
  if (typeof clone === 'function' && typeof text === 'function') {
    if (bodyUsed === true) return { text: undefined, body: undefined }
    return fromText(String(await (clone.call(response) as Response).text()))
  }
  // supertest keeps the text beside what it parsed, and parses only what it knows.
  if (typeof text === 'string') return fromText(text)
  if (typeof payload === 'string') return fromText(payload)
  if ('body' in response) return readBody(body)
  if ('data' in response) return readBody(data)
  return readBody(Symbol.asyncIterator in response ? response : undefined)
}

function urlOf(response: Readonly<Record<string, unknown>>): string | undefined {
  const { request } = response
  const candidates = [
    response['url'],
    within(within(request, 'res'), 'responseUrl'),
    within(request, 'url'),
    within(within(within(response, 'raw'), 'req'), 'url'),
  ]
  return candidates.find((one): one is string => typeof one === 'string' && one !== '')
}

function within(value: unknown, name: string): unknown {
  // What clients hang on their responses has classes of its own, so the prototype does not matter.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

function unrecognised(seen: unknown): TypeError {
  const what = isRecord(seen) ? `an object with ${Object.keys(seen).slice(0, 8).join(', ') || 'nothing'}` : typeof seen
  const hint =
    within(seen, 'response') === undefined
      ? seen instanceof Promise
        ? ' Await the request first.'
        : ''
      : ' That is an error with a response: hand over its `response`, or have the client not throw (axios: validateStatus).'
  return new TypeError(
    `This is no response: ${seen instanceof Promise ? 'a promise' : what}. A response of fetch, inject, supertest, axios, undici or node:http is one, and so is { status, headers, body }.${hint}`,
  )
}
