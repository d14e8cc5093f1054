import type { HeaderLine } from '../exchange/exchange.ts'
import type { Creation, Parameter } from '../target/target.ts'
import { exampleValue } from './fill-path.ts'

const keyHeader = /idempotency|^repeatability-request-id$|^x-request-id$/i

/** The name of the header that carries the idempotency key: the declared one, or the draft's. */
export function keyHeaderName(creation: Creation): string {
  const declared = creation.parameters.find(
    (one) => one.in === 'header' && /idempotency|^repeatability-request-id$/i.test(one.name),
  )
  return declared?.name ?? 'Idempotency-Key'
}

/** The header lines that an operation demands, apart from credentials and idempotency keys. */
export function requiredHeaders(creation: Creation): HeaderLine[] {
  return (
    creation.parameters
      .filter((one) => one.in === 'header' && one.required && !keyHeader.test(one.name))
      // Demanded of a create, it can only mean that nothing is there yet (RFC 9110 §13.1.2).
      .map(
        (one): HeaderLine => [one.name, /^if-none-match$/i.test(one.name) ? '*' : (exampleValue(one) ?? stopgap(one))],
      )
  )
}

/** The query that an operation demands, with a leading `?`, or nothing. */
export function requiredQuery(parameters: readonly Parameter[], extra: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(extra)
  for (const one of parameters) {
    if (one.in === 'query' && one.required && !query.has(one.name))
      query.set(one.name, exampleValue(one) ?? stopgap(one))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

function stopgap(parameter: Parameter): string {
  const { type, format } = parameter.schema
  if (type === 'integer' || type === 'number') return '1'
  if (type === 'boolean') return 'true'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000001'
  return format === 'date' ? '2024-01-01' : 'createonce'
}
