import type { Answer, Creation } from '@createonce/server'
import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler, preParsingHookHandler } from 'fastify'
import { sendProblem, unservedProblem } from '../problem.ts'
import { type AcceptedContent, essenceOf, isFormType } from './accepted-content.ts'
import { takingForms } from './add-form-parsers.ts'
import { type FormJson, type FormShape, formToJson } from './form-to-json.ts'
import { readMultipart } from './read-multipart.ts'
import { readUrlencoded } from './read-urlencoded.ts'

type Refusing = Pick<Creation, 'refuse'>

/** What a route needs besides its handler, so that a creation gets JSON whatever was sent. */
export interface ContentHooks {
  readonly preParsing: preParsingHookHandler
  readonly preHandler: preHandlerAsyncHookHandler
  readonly config: Readonly<Record<symbol, true>>
}

/**
 * The hooks of a creation that takes something else than JSON that has to be there; undefined where it takes nothing else.
 * A form is handed on as the JSON that it says: a retry whose parts have another boundary is then the same request.
 */
export function contentHooks(accepted: AcceptedContent, creation: Refusing): ContentHooks | undefined {
  const { forms, takesTextJson, isOptional } = accepted
  if (forms.size === 0 && !takesTextJson && !isOptional) return undefined
  return {
    config: forms.size > 0 ? takingForms : {},
    preParsing(request, reply, payload, done) {
      const refused = hasContent(request) ? label(request, accepted) : noContent(request, accepted)
      if (refused === undefined) done(null, payload)
      else refuse(request, reply, creation, refused)
    },
    async preHandler(request, reply) {
      if (isEmpty(request.body)) return isOptional ? handOn(request, '{}') : undefined
      const type = request.headers['content-type'] ?? ''
      const form = essenceOf(type)
      if (!isFormType(form)) return undefined
      const json = await readForm(request.body as Buffer, type, forms.get(form)!)
      if (json.kind === 'json') return handOn(request, json.text)
      if (json.kind === 'refused') return refuse(request, reply, creation, json)
      const detail = `${JSON.stringify(json.name.slice(0, 100))} is a file, and files are not kept. Nothing was created.`
      return sendProblem(reply, unservedProblem(detail))
    },
  }
}

interface Refused {
  readonly code: Parameters<Creation['refuse']>[0]
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/** RFC 9112 §6.3: without either field a request has no content. */
function hasContent({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0
}

/** Content-Type says something about content (RFC 9110 §8.3); about none it says nothing, and clients send it all the same. */
function noContent(request: FastifyRequest, { forms, takesJson, isOptional }: AcceptedContent): Refused | undefined {
  if (!isOptional && !takesJson) {
    return { code: 'malformed-body', detail: `The body is empty; a form is needed (${[...forms.keys()].join(', ')}).` }
  }
  if (isOptional) request.headers = { ...request.headers, 'content-type': undefined }
  return undefined
}

/** JSON by its usual name, for who takes it by another; 415 for what a creation that takes forms does not take. */
function label(request: FastifyRequest, { forms, takesJson, takesTextJson }: AcceptedContent): Refused | undefined {
  const type = request.headers['content-type'] ?? ''
  const bare = essenceOf(type)
  if (takesTextJson && bare === 'text/json')
    request.headers = { ...request.headers, 'content-type': `application/json${type.trim().slice(bare.length)}` }
  const isForm = isFormType(bare)
  if (forms.size === 0 || (isForm ? forms.has(bare) : takesJson && bare !== '')) return undefined
  const taken = [...(takesJson ? ['application/json'] : []), ...forms.keys()].join(', ')
  return {
    code: 'unsupported-media-type',
    detail: `The content is not labelled as one of those that are taken: ${taken}.`,
    // RFC 9110 §12.5.1 has Accept for it; Accept-Post is about POST only.
    headers: { [request.method === 'PUT' ? 'Accept' : 'Accept-Post']: taken },
  }
}

async function readForm(bytes: Buffer, type: string, shape: FormShape): Promise<FormJson> {
  const isMultipart = essenceOf(type) === 'multipart/form-data'
  const read = isMultipart ? await readMultipart(bytes, type) : readUrlencoded(bytes)
  return read.kind === 'fields' ? formToJson(read.fields, shape) : read
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '' || (body instanceof Uint8Array && body.byteLength === 0)
}

function handOn(request: FastifyRequest, json: string): undefined {
  request.body = Buffer.from(json)
  request.headers = { ...request.headers, 'content-type': 'application/json' }
}

function refuse(request: FastifyRequest, reply: FastifyReply, creation: Refusing, { code, detail, headers }: Refused) {
  const refused = { requestId: request.id, traceparent: request.headers['traceparent'] }
  const answer: Answer = creation.refuse(code, detail, refused, headers)
  return reply.code(answer.status).headers(answer.headers).send(answer.body)
}
