/** One call of a decorated method by Nest: what `create` needs besides input and context. */
export interface Call {
  /** The controller: of this request alone, where it is scoped to requests. */
  readonly self: object
  /** The method's further parameters, after pipes. */
  readonly more: readonly unknown[]
}

const calls = new WeakMap<object, Call>()

/** Keeps a call for as long as its request lives. */
export function keepCall(request: object, call: Call): void {
  calls.set(request, call)
}

/** The call that a request is in. */
export function callOf(request: unknown): Call {
  return calls.get(request as object)!
}
