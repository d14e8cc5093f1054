/** What kept a target from being understood; the codes are stable. */
export type TargetErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'too-large'
  | 'http-error'
  | 'no-document'
  | 'file-not-found'
  | 'html-instead'
  | 'unparseable'
  | 'not-openapi'
  | 'broken-reference'
  | 'no-creation'
  | 'bad-base-url'
  | 'bad-option'

/** A target that cannot be judged: what is wrong, what was seen, and what to do about it. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
  readonly code: TargetErrorCode
  /** The facts behind the message: addresses tried with their answers, operations found, the place in a file. */
  readonly seen: readonly string[]
  readonly advice: string

  constructor(code: TargetErrorCode, message: string, details: { seen?: readonly string[]; advice: string }) {
    super(message)
    this.code = code
    this.seen = details.seen ?? []
    this.advice = details.advice
  }
}
