import type { StandardSchema } from '@createonce/server'
import type { Operation, Parameter } from '@createonce/verifier/document'
import type { FastifyRequest, preValidationAsyncHookHandler } from 'fastify'
import { typedText } from '../forms/typed-text.ts'
import { catalogued, sendProblem } from '../problem.ts'
import { flat, typesOf } from '../shape/rooted.ts'
import { toInput } from '../shape/shape.ts'
import { queryOf } from './query-of.ts'
import type { Service } from './service.ts'

// "If `in` is "header" and the name is one of these, it is ignored" (OpenAPI 3.1 §4.8.12.1); and what the library reads itself.
const OTHERS: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization', 'idempotency-key', 'prefer'])
const isOther = (name: string): boolean => OTHERS.has(name.toLowerCase()) || /^if-/i.test(name)

/** A fault of a parameter, as a problem tells it. */
interface ParameterError {
  readonly parameter: string
  readonly detail: string
}

interface Checked {
  readonly parameter: Parameter
  /** Absent for lists and objects, which are spelled in many ways. */
  readonly input: StandardSchema<unknown> | undefined
}

/**
 * Refuses a creation without the query parameters and header lines that the document requires of it, and with a query
 * parameter that its schema does not take: 400 `invalid-input`, naming the parameters. Undefined where nothing is declared.
 */
export function requiredParameters(
  { parameters }: Operation,
  service: Service,
): preValidationAsyncHookHandler | undefined {
  // Who authenticates has looked at those.
  const isCredential = ({ name }: Parameter): boolean => service.credentialParameters.includes(name)

  const checked = parameters
    .filter(
      (one) =>
        (one.in === 'query' && !isCredential(one)) || (one.in === 'header' && one.required && !isOther(one.name)),
    )
    .map((parameter): Checked => ({ parameter, input: isScalar(parameter) ? toInput(parameter.schema) : undefined }))
  if (checked.length === 0) return undefined
  return async (request, reply) => {
    const query = queryOf(request, service)
    const found = await Promise.all(checked.map((one) => faultOf(one, query, request)))
    const errors = found.filter((one) => one !== undefined)
    if (errors.length === 0) return undefined
    const detail = errors.length === 1 ? 'One parameter is not valid.' : 'Parameters are not valid.'
    return sendProblem(reply, catalogued('invalid-input', `${detail} Nothing was created.`, { errors }))
  }
}

async function faultOf(
  { parameter: { name, in: place, required, schema }, input }: Checked,
  query: URLSearchParams,
  { headers }: FastifyRequest,
): Promise<ParameterError | undefined> {
  const text = place === 'query' ? (query.get(name) ?? undefined) : headers[name.toLowerCase()]
  // `name[]=` and `name[key]=` spell lists and objects.
  const isSpelledOut = input === undefined && [...query.keys()].some((key) => key.startsWith(`${name}[`))
  if (text === undefined) {
    const where = place === 'query' ? 'query parameter' : 'header line'
    return required && !isSpelledOut ? { parameter: name, detail: `this ${where} has to be there` } : undefined
  }
  if (input === undefined) return undefined
  const value: unknown = JSON.parse(typedText({ text: String(text), isJson: false }, schema, schema))
  const { issues } = await input['~standard'].validate(value)
  return issues === undefined ? undefined : { parameter: name, detail: issues[0]?.message ?? 'is not valid' }
}

function isScalar({ schema }: Parameter): boolean {
  const types = typesOf(flat(schema, schema))
  return !types.includes('array') && !types.includes('object')
}
