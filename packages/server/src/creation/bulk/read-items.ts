import { firstErrors } from '../first-errors.ts'
import type { ReadBody } from '../read-body.ts'
import { type InputError, type Rejection, rejected } from '../rejection.ts'
import { validate } from '../validate.ts'

/** The inputs of a batch, all valid. */
export interface Items<Input> {
  readonly kind: 'items'
  readonly inputs: readonly Input[]
}

/**
 * Reads a batch: every item is validated, and every fault named by its pointer, such as `/3/name`. An empty batch is
 * refused, since nobody means to create nothing; too many items are 413, before one of them is looked at.
 */
export async function readItems<Input>(
  settings: Parameters<typeof validate<Input>>[0],
  body: ReadBody,
  { maxItems, status }: { readonly maxItems: number; readonly status: 400 | 422 },
): Promise<Items<Input> | Rejection> {
  const { value } = body
  if (!Array.isArray(value)) return invalid([{ pointer: '', detail: 'must be an array of inputs' }], status)
  if (value.length === 0) return invalid([{ pointer: '', detail: 'must have at least one item' }], status)
  if (value.length > maxItems) {
    return rejected('content-too-large', `The batch has ${value.length} items; at most ${maxItems} are taken.`)
  }
  const inputs: Input[] = []
  const errors: InputError[] = [...body.faults]
  for (const [index, item] of value.entries()) {
    const validated = await validate(settings, { ...body, value: item, faults: [] }, status)
    if (validated.kind === 'valid') inputs.push(validated.value)
    else errors.push(...within(index, validated))
  }
  return errors.length === 0 ? { kind: 'items', inputs } : invalid(errors, status)
}

/** The faults that a rejection of one item names, as faults of the batch. */
export function within(index: number, { members }: Rejection): readonly InputError[] {
  const errors = (members?.['errors'] ?? []) as readonly InputError[]
  return errors.map((error) => ({ ...error, pointer: `/${index}${error.pointer}` }))
}

function invalid(errors: readonly InputError[], status: 400 | 422): Rejection {
  const named = firstErrors(errors, [])
  const detail = named.count === 1 ? 'One member is not valid.' : `${named.count} members are not valid.`
  return rejected('invalid-input', `${detail} Nothing was created.`, { status, members: { errors: named.errors } })
}
