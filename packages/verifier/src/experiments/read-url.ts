import { baseUrlOf } from '../target/base-url-of.ts'
import type { Attempt } from './attempt.ts'
import { fillPath } from './fill-path.ts'
import type { Operation } from './operation.ts'
import { requiredQuery } from './required-parameters.ts'

/** The URL under which the document says that a resource with the id in the answer's body can be read. */
export function readUrl(
  attempt: Attempt,
  operation: Operation,
  parents: Readonly<Record<string, string>>,
): string | undefined {
  const { read } = operation.creation
  const name = attempt.name ?? attempt.id?.value
  if (read === undefined || name === undefined) return undefined
  const filled = fillPath(read.path, { ...parents, [read.idParameter]: name }, read.parameters)
  return filled.kind === 'filled'
    ? baseUrlOf(operation.target, read) + filled.path + requiredQuery(read.parameters)
    : undefined
}
