import type { Answer } from '../../creation/answer.ts'
import type { Creation } from '../../creation/creation.ts'
import { isJsonMediaType } from '../../creation/headers/media-type.ts'
import type { ProblemCode } from '../../creation/problems/problem-entry.ts'
import type { NodeRequest } from './node-message.ts'
import { toRefused } from './to-refused.ts'

interface Refusal {
  readonly code: ProblemCode
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

const TOO_LARGE: Refusal = { code: 'content-too-large', detail: 'The body is larger than this service takes.' }
const NO_JSON: Refusal = { code: 'malformed-body', detail: 'The body is no JSON that this service takes.' }
const BROKEN: Refusal = { code: 'malformed-body', detail: 'The body is shorter or longer than its framing says.' }
const CODING: Refusal = {
  code: 'unsupported-media-type',
  detail: 'The content is encoded in a way that is not taken; send it without Content-Encoding.',
  headers: { 'Accept-Encoding': 'identity' },
}
const LABEL: Refusal = {
  code: 'unsupported-media-type',
  detail: 'The content is not labelled as JSON; send application/json in UTF-8.',
  headers: { 'Accept-Post': 'application/json' },
}

// What body-parser and raw-body call their refusals. Others of theirs are the application's: `verify`, a stream in disorder.
const BY_TYPE: Readonly<Record<string, Refusal>> = {
  'entity.too.large': TOO_LARGE,
  'entity.parse.failed': NO_JSON,
  'request.aborted': BROKEN,
  'request.size.invalid': BROKEN,
  'encoding.unsupported': CODING,
  'charset.unsupported': LABEL,
}

/**
 * The problem for an error by which a body parser refuses a request; `undefined` for every other error, which is the
 * application's. Nothing of the error's text is told: it quotes the body.
 */
export function refuseBody<Native>(
  creation: Creation<Native>,
  error: unknown,
  request: NodeRequest,
): Answer | undefined {
  const known = refusalOf(error)
  if (known === undefined) return undefined
  // Parsers that know more charsets than UTF-8 decode first and fail afterwards.
  const refusal = known === NO_JSON && !isJsonMediaType(request.headers['content-type']) ? LABEL : known
  return creation.refuse(refusal.code, refusal.detail, toRefused(request), refusal.headers)
}

function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  const { type, code, status, name } = error as { type?: unknown; code?: unknown; status?: unknown; name?: unknown }
  if (typeof type === 'string') return BY_TYPE[type]
  // Content that says gzip and is none has only zlib's code.
  if (typeof code === 'string' && /^Z_/.test(code)) return NO_JSON
  // co-body, which is under Koa's parsers, names nothing.
  if (status === 400 && 'body' in error) return NO_JSON
  if (status === 415 && name === 'Error' && error.message.startsWith('Unsupported Content-Encoding')) return CODING
  return undefined
}
