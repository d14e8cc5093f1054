import { type ProblemCode, problemCatalogue } from '@createonce/server'
import type { FastifyInstance, FastifyReply } from 'fastify'

/** A problem that no creation answers: what is read, changed or deleted is not there, or is not served. */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
  /** A code of the catalogue, where one says it. */
  readonly code?: ProblemCode
  readonly headers?: Readonly<Record<string, string>>
  readonly members?: Readonly<Record<string, unknown>>
}

// Known to an application and its scopes, so that no route has to hand it on.
const TYPES = Symbol('createonce.problemTypes')

/** Says where the pages behind the `type` of an application's problems are: where its creations have them. */
export function setProblemTypes(app: FastifyInstance, publicBaseUrl: string | undefined): void {
  if (publicBaseUrl !== undefined) Object.assign(app, { [TYPES]: `${publicBaseUrl.replace(/\/$/, '')}/problems/` })
}

/** Sends a problem (RFC 9457) in the form that creations send theirs. */
export function sendProblem(reply: FastifyReply, problem: Problem, types?: string): FastifyReply {
  const problemTypes = types ?? (reply.server as { readonly [TYPES]?: string })[TYPES] ?? '/problems/'
  const { status, title, detail, code, headers = {}, members = {} } = problem
  return reply
    .code(status)
    .headers(headers)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: code === undefined ? 'about:blank' : `${problemTypes}${code}`,
        title,
        status,
        detail,
        requestId: reply.request.id,
        ...members,
      }),
    )
}

/** A problem of the catalogue. */
export function catalogued(
  code: ProblemCode,
  detail: string,
  members: Readonly<Record<string, unknown>> = {},
): Problem {
  const { status, title } = problemCatalogue[code]
  return { status, title, detail, code, members }
}

/** 404 for what is not there, and for what another principal has. */
export function notFound(noun: string): Problem {
  return { status: 404, title: 'Not Found', detail: `There is no such ${noun}.` }
}

/** 501 for what the document promises and this server does not do: never a made-up success. */
export function unservedProblem(detail: string): Problem {
  return { status: 501, title: 'Not Implemented', detail }
}

/** 501 for an operation of the document that is not served, and why. */
export function unservedOperation(
  { method, path }: { readonly method: string; readonly path: string },
  why: string,
): Problem {
  return unservedProblem(`${method} ${path} is not served: ${why}.`)
}
