import type { InputError } from './rejection.ts'

/** Extra response headers; `Location`, `Content-Type` and `ETag` have settings of their own. */
export type ResultHeaders = Readonly<Record<string, string>>

/** What `create` may return. Outcomes are values; only faults are thrown. */
export type Result<Row> =
  | { readonly kind: 'created'; readonly row: Row; readonly headers: ResultHeaders | undefined }
  | { readonly kind: 'existing'; readonly row: Row; readonly headers: ResultHeaders | undefined }
  | { readonly kind: 'parent-not-found'; readonly detail: string }
  | { readonly kind: 'invalid'; readonly errors: readonly InputError[] }
  | FlaskTuple<Row>

/** `[body, 201]` or `[body, 201, headers]`, as Flask views return it; 200 says that the resource existed. */
export type FlaskTuple<Row> =
  | readonly [row: Row, status: 200 | 201]
  | readonly [row: Row, status: 200 | 201, headers: ResultHeaders]

/**
 * The resource was created by this request.
 *
 * @example
 * return created(order)
 */
export function created<Row>(row: Row, headers?: ResultHeaders): Result<Row> {
  return { kind: 'created', row, headers }
}

/**
 * The resource exists already. The duplicate policy decides the answer: 409 under `reject`, 200 with its Location
 * under `return-existing`.
 */
export function existing<Row>(row: Row, headers?: ResultHeaders): Result<Row> {
  return { kind: 'existing', row, headers }
}

/** The path names a parent that does not exist: 404 `parent-not-found`, and nothing is written. */
export function parentNotFound(detail: string): Result<never> {
  return { kind: 'parent-not-found', detail }
}

/** A rule that only `create` can check is broken: 400 `invalid-input` with these errors, and nothing is written. */
export function invalid(errors: readonly InputError[]): Result<never> {
  return { kind: 'invalid', errors }
}
