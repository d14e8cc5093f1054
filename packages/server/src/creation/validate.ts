import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import type { ReadBody } from './read-body.ts'
import { type InputError, type Rejection, rejected } from './rejection.ts'
import type { StandardIssue, StandardResult, StandardSchema } from './settings/standard-schema.ts'

/** The typed input, or every fault. */
export type Validated<Input> = { readonly kind: 'valid'; readonly value: Input } | Rejection

/**
 * Validates the body: the typed input, or `invalid-input` with every fault and its JSON Pointer. Waits only for a schema
 * that has to be waited for.
 */
export function validate<Input>(
  schema: StandardSchema<Input>,
  body: ReadBody,
  status: 400 | 422,
): MaybePromise<Validated<Input>> {
  const validating = schema['~standard'].validate(body.value)
  return andThen(validating, (result) => toValidated(result, body, status))
}

function toValidated<Input>(result: StandardResult<Input>, body: ReadBody, status: 400 | 422): Validated<Input> {
  if (result.issues === undefined && body.faults.length === 0) return { kind: 'valid', value: result.value }

  const errors = [...body.faults, ...(result.issues ?? []).map(toInputError)]
  return rejected(
    'invalid-input',
    errors.length === 1 ? 'One member is not valid.' : `${errors.length} members are not valid.`,
    {
      status,
      members: { errors },
    },
  )
}

function toInputError({ message, path = [] }: StandardIssue): InputError {
  const pointer = path.map((segment) => `/${escapeToken(typeof segment === 'object' ? segment.key : segment)}`).join('')
  return { pointer, detail: message }
}

// RFC 6901 §3.
function escapeToken(token: PropertyKey): string {
  return String(token).replaceAll('~', '~0').replaceAll('/', '~1')
}
