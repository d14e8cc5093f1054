import { validate } from '../../src/creation/validate.ts'
import type { InputError, StandardSchema } from '../../src/index.ts'

/** What becomes of a body under a schema: the input that `create` gets, or the errors that the client gets. */
export async function outcomeOf(
  input: StandardSchema,
  value: unknown,
): Promise<{ readonly value?: unknown; readonly errors?: readonly InputError[] }> {
  const body = { kind: 'read', value, faults: [], canonical: () => ({ kind: 'canonical' as const, text: '' }) } as const
  const validated = await validate({ input }, body, 400)
  if (validated.kind === 'valid') return { value: validated.value }
  return { errors: validated.members!['errors'] as readonly InputError[] }
}

/** The pointers of the errors, sorted: libraries differ in their order. */
export async function pointersOf(input: StandardSchema, value: unknown): Promise<readonly string[]> {
  const { errors = [] } = await outcomeOf(input, value)
  return errors.map(({ pointer }) => pointer).sort()
}
