import { findPolicy } from './find-policy.ts'
import { inferSchema } from './infer-schema.ts'
import { type OverrideOptions, parseOverrides } from './parse-overrides.ts'
import { parseUrl } from './parse-url.ts'
import { requireMembers } from './require-members.ts'
import type { Creation, Parameter, Target } from './target.ts'
import { TargetError } from './target-error.ts'

/** One request that creates, given instead of a document. */
export interface ExampleRequest {
  readonly method: string
  readonly url: string
  /** The parsed JSON body; undefined for a request without one. */
  readonly body?: unknown
  /** @default application/json */
  readonly mediaType?: string
  /** The name of the header in which the API takes idempotency keys. @default Idempotency-Key */
  readonly keyHeader?: string
}

/**
 * Understands one example request as a target. What an example cannot show (how to list, which members are required
 * or unique) is left open, and is declared with the options.
 */
export function targetFromExample(example: ExampleRequest, options: OverrideOptions = {}): Target {
  const url = parseUrl(example.url)
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TargetError('bad-base-url', `${example.url} is not the URL of a request.`, {
      advice: 'Write it in full, for example POST http://localhost:5000/items.',
    })
  }
  const method = example.method.toUpperCase()
  if (method !== 'POST' && method !== 'PUT') {
    throw new TargetError('no-creation', `${method} does not create; the example has to be a POST or a PUT.`, {
      seen: [`${method} ${example.url}`],
      advice: 'Give the request that creates a resource.',
    })
  }
  const id = `${method} ${url.pathname}`
  const { named, overrideOf } = parseOverrides(options)
  const strangers = named.filter((name) => name !== id)
  if (strangers.length > 0) {
    throw new TargetError('bad-option', `There is no creation named ${strangers.join(', ')}.`, {
      seen: [id],
      advice: 'The example is the only creation; options need not name it.',
    })
  }
  const override = overrideOf(id, id)
  const body = bodyOf(example, override.required ?? [])
  const place = method === 'PUT' ? namedBy(url.pathname) : undefined
  const creation: Creation = {
    id,
    method,
    path: place?.path ?? url.pathname,
    parameters: [
      ...(place === undefined ? [] : [place.parameter]),
      ...[...url.searchParams].map(([name, value]): Parameter => {
        return { name, in: 'query', required: true, schema: { type: 'string' }, example: value }
      }),
      ...(example.keyHeader === undefined
        ? []
        : [{ name: example.keyHeader, in: 'header', required: false, schema: { type: 'string' } } as const]),
    ],
    ...(body === undefined ? {} : { body }),
    responses: {},
    parents: [],
    policy: findPolicy({ parameters: [], statuses: [], raw: {} }, undefined, override),
    security: [],
  }
  return {
    document: { source: `${method} ${example.url}`, version: 'example', title: url.host },
    baseUrl: url.origin,
    creations: [creation],
    notCreations: [],
    warnings: [],
  }
}

/** The last segment of a PUT's path is the name of one resource: others have names of the same kind. */
function namedBy(pathname: string): { path: string; parameter: Parameter } | undefined {
  const [, folder, segment] = /^(.*\/)([^/]+)\/?$/.exec(pathname) ?? []
  if (folder === undefined || segment === undefined) return undefined
  const example = decoded(segment)
  const schema = /^\d+$/.test(example) ? { type: 'integer' } : { type: 'string' }
  return { path: `${folder}{id}`, parameter: { name: 'id', in: 'path', required: true, schema, example } }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function bodyOf(example: ExampleRequest, required: readonly string[]): Creation['body'] {
  if (example.body === undefined) return undefined
  if (Array.isArray(example.body)) {
    throw new TargetError('no-creation', 'The example sends a list, so one answer cannot name what it created.', {
      advice: 'Give a request that creates one resource.',
    })
  }
  const schema = inferSchema(example.body)
  const mediaType = example.mediaType ?? 'application/json'
  return requireMembers({ mediaType, required: true, schema, examples: [example.body] }, required)
}
