import { andThen, type MaybePromise } from '../idempotency/and-then.ts'
import { firstErrors } from './first-errors.ts'
import type { ReadBody } from './read-body.ts'
import { type InputError, type Rejection, rejected } from './rejection.ts'
import { type ServerSet, takeServerSet } from './settings/server-set.ts'
import type { StandardResult, StandardSchema } from './settings/standard-schema.ts'

/** The typed input, or every fault. */
export type Validated<Input> = { readonly kind: 'valid'; readonly value: Input } | Rejection

/**
 * Validates the body: the typed input, or `invalid-input` with every fault and its JSON Pointer, as far as one answer
 * names them. Waits only for a schema that has to be waited for.
 */
export function validate<Input>(
  {
    input,
    serverSet,
  }: { readonly input: StandardSchema<Input>; readonly serverSet?: readonly string[] | ServerSet | undefined },
  body: ReadBody,
  status: 400 | 422,
): MaybePromise<Validated<Input>> {
  const { value, faults } = serverSet === undefined ? body : takeServerSet(body, serverSet)
  return andThen(input['~standard'].validate(value), (result) => toValidated(result, faults, status))
}

/** What a schema found, together with the faults that were found before. */
export function toValidated<Input>(
  result: StandardResult<Input>,
  faults: readonly InputError[],
  status: 400 | 422,
): Validated<Input> {
  if (result.issues === undefined && faults.length === 0) return { kind: 'valid', value: result.value }

  const { errors, count } = firstErrors(faults, result.issues ?? [])
  const named = errors.length === count ? '' : ` The first ${errors.length} are named.`
  return rejected(
    'invalid-input',
    count === 1 ? 'One member is not valid.' : `${count} members are not valid.${named}`,
    {
      status,
      members: { errors },
    },
  )
}
