import { type Answer, isAnswer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { isObject, parseJson, stringsWithin } from '../experiments/json-node.ts'
import { locationUrl } from '../experiments/location-url.ts'
import { marksOf, plain } from '../experiments/marks.ts'
import type { Operation } from '../experiments/operation.ts'
import { readAttempt } from '../experiments/read-attempt.ts'
import { readUrl } from '../experiments/read-url.ts'
import { keyHeaderName } from '../experiments/required-parameters.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import { nameParameterOf } from '../target/own-id.ts'
import type { RecordedExchange, Recording } from './recording.ts'

/** A create of the recording, with the parents that its URL names. */
export interface RecordedCreate {
  readonly attempt: Attempt
  readonly parents: Readonly<Record<string, string>>
  readonly exchange: RecordedExchange & Answer
  /** Whether the recording shows that it made something new, instead of answering what was there before. */
  readonly isNew: boolean
}

/** Every answered request of an operation in a recording, accepted or not, in order. */
export function recordedCreates(recording: Recording, operation: Operation): readonly RecordedCreate[] {
  const { creation, target } = operation
  const matches = recording.exchanges.flatMap((exchange) => {
    if (exchange.request.method !== creation.method || !isAnswer(exchange)) return []
    const parents = parametersIn(exchange.request.url, baseUrlOf(target, creation), creation.path)
    return parents === undefined ? [] : [{ exchange, parents, body: parseJson(exchange.request.body) }]
  })
  const counts = new Map<string, number>()
  for (const { body } of matches) {
    for (const text of new Set(stringsWithin(body).map(plain))) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  // What several requests say is no mark of any of them.
  const shared = new Set([...counts].filter(([, count]) => count > 1).map(([text]) => text))
  return matches.map(({ exchange, parents, body }) => {
    const constants = new Set([...shared, ...Object.values(parents).map(plain)])
    const key = keyOf(exchange, keyHeaderName(creation))
    const name = parents[nameParameterOf(creation)?.name ?? '']
    const sent = {
      body,
      marks: marksOf(body, constants),
      ...(key === undefined ? {} : { key }),
      ...(name === undefined ? {} : { name }),
    }
    const attempt = readAttempt(exchange, sent, operation)
    return {
      attempt,
      parents,
      exchange,
      isNew: accepted(attempt) && isNew(attempt, exchange, recording, operation, parents),
    }
  })
}

/** The values of a template's parameters in a URL below the base URL; undefined where it is another path. */
export function parametersIn(url: string, baseUrl: string, template: string): Record<string, string> | undefined {
  const { origin, pathname } = new URL(url)
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/$/, '')
  if (origin !== base.origin || !pathname.startsWith(prefix)) return undefined
  const names: string[] = []
  const pattern = template.replace(/\{([^}]+)\}|[.*+?^${}()|[\]\\]/g, (sign, name: string | undefined) => {
    if (name === undefined) return `\\${sign}`
    names.push(name)
    return '([^/]+)'
  })
  const found = new RegExp(`^${pattern.replace(/\/$/, '')}/?$`).exec(pathname.slice(prefix.length))
  if (found === null) return undefined
  return Object.fromEntries(names.map((name, index) => [name, safelyDecoded(found[index + 1] ?? '')]))
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function keyOf({ request }: RecordedExchange, name: string): string | undefined {
  const line = request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1]
  return line?.replace(/^"(.*)"$/, '$1')
}

// Between making a row and writing its answer's Date, on one clock.
const longestMakingMs = 10_000

/**
 * A 201 says that something new was made. Another status may answer what was there before, unless the resource was
 * not there earlier in the recording, or says itself that it was made just now.
 */
function isNew(
  attempt: Attempt,
  exchange: RecordedExchange & Answer,
  recording: Recording,
  operation: Operation,
  parents: Readonly<Record<string, string>>,
): boolean {
  if (attempt.status === 201 || attempt.status === 202) return true
  const location = locationUrl(attempt, operation)
  const places = [location.kind === 'here' ? location.url.href : undefined, readUrl(attempt, operation, parents)]
  const wasMissing = recording.exchanges.some(
    ({ id, request, response }) =>
      id < exchange.id && request.method === 'GET' && places.includes(request.url) && response?.status === 404,
  )
  if (wasMissing) return true
  const date = Date.parse(headerValue(exchange, 'date') ?? '')
  return Object.entries(isObject(attempt.resource) ? attempt.resource : {}).some(
    ([name, value]) =>
      /^(creat|insert|added)/i.test(name) &&
      typeof value === 'string' &&
      // A date alone would be new all day; without a zone it is unknown whose clock it is.
      /T.*(Z|[+-]\d{2}:?\d{2})$/.test(value) &&
      Math.abs(Date.parse(value) - date) <= longestMakingMs,
  )
}
