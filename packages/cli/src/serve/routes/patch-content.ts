import { isUtf8 } from 'node:buffer'
import { type InputError, readJson } from '@createonce/server'
import type { FastifyInstance, FastifyRequest, preParsingHookHandler } from 'fastify'
import { essenceOf } from '../forms/accepted-content.ts'
import { catalogued, type Problem, sendProblem } from '../problem.ts'

// RFC 7396 §4, and what most documents call it.
const TAKEN = ['application/merge-patch+json', 'application/json']
// Fastify has parsers for a whole instance: by this type the bytes of a PATCH get to their route, and nothing else does.
const INTERNAL = 'application/x-createonce-patch'
const PATCHES = Symbol('createonce.patch')

/** Lets the routes of {@link patchContent} have the bytes as they were sent. */
export function addPatchParser(app: FastifyInstance): void {
  app.addContentTypeParser(INTERNAL, { parseAs: 'buffer' }, (request, bytes, done) => {
    if (PATCHES in request.routeOptions.config) done(null, bytes)
    else done(Object.assign(new Error('Unsupported Media Type'), UNSUPPORTED))
  })
}

// What Fastify itself says of a type that it has no parser for.
const UNSUPPORTED = { statusCode: 415, code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }

const preParsing: preParsingHookHandler = (request, reply, payload, done) => {
  const { 'content-type': type = '', 'content-length': length, 'transfer-encoding': coding } = request.headers
  const isEmpty = coding === undefined && Number(length ?? 0) === 0
  if (isEmpty || TAKEN.includes(essenceOf(type))) {
    request.headers = { ...request.headers, 'content-type': INTERNAL }
    return done(null, payload)
  }
  const detail = `The content is not labelled as one of those that are taken: ${TAKEN.join(', ')}.`
  // RFC 5789 §3.1.
  sendProblem(reply, {
    ...catalogued('unsupported-media-type', detail),
    headers: { 'Accept-Patch': TAKEN.join(', ') },
  })
}

/** What the route of a PATCH needs besides its handler. */
export const patchContent: {
  readonly preParsing: preParsingHookHandler
  readonly config: Readonly<Record<symbol, true>>
} = {
  preParsing,
  config: { [PATCHES]: true },
}

/** The body of a PATCH, read as strictly as that of a creation: no member twice, no digit lost, no depth without end. */
export function patchOf({ body }: FastifyRequest): { readonly value: unknown } | { readonly problem: Problem } {
  if (!(body instanceof Uint8Array) || body.byteLength === 0)
    return malformed('The body is empty; a JSON object is needed.')
  if (!isUtf8(body)) return malformed('The body is not valid UTF-8.')
  const reading = readJson(Buffer.from(body).toString('utf8'))
  if (reading.kind === 'malformed') return malformed(reading.detail)
  const errors: readonly InputError[] = [
    ...reading.inexact.map((pointer) => ({ pointer, detail: INEXACT })),
    ...reading.unsafeNames.map((pointer) => ({ pointer, detail: 'is a member name that is not taken' })),
  ]
  if (errors.length > 0)
    return { problem: catalogued('invalid-input', 'The patch says what cannot be kept.', { errors }) }
  return { value: reading.value }
}

const INEXACT = 'is an integer with more digits than can be kept exactly (beyond 2^53); send it as a string'

function malformed(detail: string): { readonly problem: Problem } {
  return { problem: catalogued('malformed-body', detail) }
}
