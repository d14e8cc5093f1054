import { type Answer, isAnswer } from '../exchange/exchange.ts'
import { headerValue, mediaTypeOf } from '../exchange/header-values.ts'
import { parseJson } from '../experiments/json-node.ts'
import { findCreations } from '../target/find-creations.ts'
import { inferSchema } from '../target/infer-schema.ts'
import { type OverrideOptions, parseOverrides } from '../target/parse-overrides.ts'
import type { Target } from '../target/target.ts'
import { TargetError } from '../target/target-error.ts'
import { learnTemplates } from './path-template.ts'
import type { RecordedExchange, Recording } from './recording.ts'

export interface RecordingOptions extends OverrideOptions {
  /** The origin to judge, where the recording has several. @default the one that was asked to create the most */
  readonly baseUrl?: string
}

/**
 * Understands recorded traffic as a target: as a document would describe it that says what was seen, so that the same
 * rules tell what creates and what does not. Rejects with a `TargetError` where nothing was created.
 */
export function targetFromRecording(recording: Recording, options: RecordingOptions = {}): Target {
  const origin = options.baseUrl === undefined ? busiestOrigin(recording) : new URL(options.baseUrl).origin
  const own = recording.exchanges.filter(({ request }) => new URL(request.url).origin === origin)
  const { overrideOf } = parseOverrides(options)
  const found = findCreations(documentOf(own), overrideOf)
  if (found.creations.length === 0 || origin === undefined) {
    throw new TargetError('no-creation', `The recording ${recording.source} shows no creation.`, {
      seen: [
        `${recording.exchanges.length} exchanges that can be used`,
        ...recording.warnings,
        ...found.notCreations.map(({ operation, why }) => `${operation}: ${why}`),
      ],
      advice: 'Record a request that creates, and the requests that read what it created.',
    })
  }
  const others = new Set(creates(recording).map(({ request }) => new URL(request.url).origin))
  others.delete(origin)
  return {
    document: { source: recording.source, version: 'recording', title: origin },
    baseUrl: origin,
    // What was seen is no declaration: an odd status is not excused by having been answered.
    creations: found.creations.map((creation) => ({ ...creation, responses: {} })),
    notCreations: found.notCreations,
    warnings: [
      ...recording.warnings,
      ...(others.size > 0
        ? [`Only ${origin} is judged; the recording also has creations at ${[...others].join(', ')} (see --base-url).`]
        : []),
    ],
  }
}

function creates(recording: Recording): readonly RecordedExchange[] {
  return recording.exchanges.filter(
    ({ request, response }) =>
      response !== undefined &&
      response.status < 400 &&
      (request.method === 'POST' || (request.method === 'PUT' && response.status === 201)),
  )
}

/** The origin that was asked to create the most. */
export function busiestOrigin(recording: Recording): string | undefined {
  const counts = new Map<string, number>()
  for (const { request, response } of creates(recording)) {
    const { origin } = new URL(request.url)
    // A 201 is what nothing but a creation answers; beacons and queries answer 200 and 204 in crowds.
    counts.set(origin, (counts.get(origin) ?? 0) + (response?.status === 201 ? 1000 : 1))
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

type Described = Record<string, Record<string, Record<string, unknown>>>

/** The OpenAPI document that says what was seen, and no more. */
function documentOf(exchanges: readonly RecordedExchange[]): Record<string, unknown> {
  const template = learnTemplates(exchanges)
  const paths: Described = {}
  for (const exchange of exchanges) {
    if (!isAnswer(exchange) || !/^(GET|POST|PUT|PATCH|DELETE)$/.test(exchange.request.method)) continue
    // What was refused shows neither that there is such an operation nor what it takes.
    if (exchange.response.status >= 400) continue
    const path = template(new URL(exchange.request.url).pathname)
    paths[path] ??= {}
    const method = exchange.request.method.toLowerCase()
    const operation = paths[path][method] ?? { responses: {}, parameters: parametersOf(path) }
    paths[path][method] = operation
    Object.assign(operation['responses'] as object, { [exchange.response.status]: responseOf(exchange) })
    const body = bodyOf(exchange)
    if (body !== undefined) operation['requestBody'] ??= body
  }
  return { openapi: '3.1.0', info: { title: 'Recorded traffic', version: '1' }, paths }
}

function parametersOf(path: string): unknown[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function responseOf(answer: Answer): unknown {
  const json = parseJson(answer.response.body)
  const type = mediaTypeOf(answer) || 'application/json'
  const location = headerValue(answer, 'location')
  return {
    description: '',
    ...(location === undefined ? {} : { headers: { Location: { schema: { type: 'string' } } } }),
    ...(json === undefined ? {} : { content: { [type]: { schema: inferSchema(json) } } }),
  }
}

function bodyOf({ request }: Answer): unknown {
  if (request.body === '') return undefined
  const type = request.headers
    .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    .split(';')[0]
    ?.trim()
  const json = parseJson(request.body)
  return {
    content: { [type ?? 'application/json']: json === undefined ? {} : { schema: inferSchema(json), example: json } },
  }
}
