import type { ProblemCode } from './problems/problem-entry.ts'

/** One fault of the input. */
export interface InputError {
  /** A JSON Pointer (RFC 6901) into the body; empty for the body as a whole. */
  readonly pointer: string
  readonly detail: string
}

/** A request that is refused: a value until it leaves as a problem. */
export interface Rejection {
  readonly kind: 'rejected'
  readonly code: ProblemCode
  readonly detail: string
  /** Overrides the catalogue's status where a setting chose another one. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Extension members of the problem (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>
  /** What went wrong inside; logged, never sent. */
  readonly cause?: unknown
}

/** Makes a rejection; the optional parts keep their absence. */
export function rejected(
  code: ProblemCode,
  detail: string,
  more: Omit<Rejection, 'kind' | 'code' | 'detail'> = {},
): Rejection {
  return { kind: 'rejected', code, detail, ...more }
}
