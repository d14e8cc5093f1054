import { escaped } from '../../evidence/differences.ts'
import { quote } from '../../evidence/quote.ts'
import { isRecord } from '../../target/is-record.ts'
import type { BodySchema } from './body-pattern.ts'
import type { Fault } from './fault.ts'
import { mismatches } from './match.ts'

/** How a body differs from what a test expects of it; nothing where it fits. */
export async function bodyFaults(pattern: unknown, body: unknown): Promise<Fault[]> {
  if (!isSchema(pattern)) return mismatches(pattern, body).map((message) => ({ message }))
  const result = await pattern['~standard'].validate(body)
  return (result.issues ?? []).map(({ message, path = [] }) => {
    const pointer = path.map((part) => `/${escaped(String(typeof part === 'object' ? part.key : part))}`).join('')
    return { message: `${pointer === '' ? 'The body' : pointer} does not fit the schema: ${quote(message)}` }
  })
}

// Schemas of arktype are functions.
function isSchema(pattern: unknown): pattern is BodySchema {
  return (isRecord(pattern) || typeof pattern === 'function') && '~standard' in pattern
}
