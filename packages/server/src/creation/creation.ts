import type { Answer } from './answer.ts'
import type { CreationRequest } from './creation-request.ts'
import type { CreationDefinition } from './definition.ts'
import type { ProblemCode } from './problems/problem-entry.ts'

/** A request that a framework refuses, as far as it is told of in logs. */
export interface Refused {
  readonly requestId: string
  /** The request's header of this name, for the trace that the log line names. */
  readonly traceparent?: string | readonly string[] | undefined
}

/** A creation as adapters see it. */
export interface Creation<Native = unknown> {
  readonly operation: string
  readonly maxBodyBytes: number
  /** What it promises, as far as others may know: documents are made of it. */
  readonly definition: CreationDefinition
  /**
   * Answers one request; at once where nothing has to be waited for. Never throws or rejects: what fails inside is
   * answered as a problem and logged.
   */
  handle(request: CreationRequest<Native>): Answer | Promise<Answer>
  /** A problem for what a framework refuses before the creation is asked: size, media type, method. */
  refuse(code: ProblemCode, detail: string, refused: Refused, headers?: Readonly<Record<string, string>>): Answer
}
