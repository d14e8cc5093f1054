import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import { pathShape } from './path-shape.ts'
import type { Creation, JsonSchema, Parameter } from './target.ts'

/** The member of a PUT's body that repeats the name in its path, with what the schema says about it. */
export interface OwnId {
  /** JSON Pointer. */
  readonly pointer: string
  readonly schema: JsonSchema
}

/** The path parameter that names what a PUT creates; undefined for a POST. */
export function nameParameterOf({ method, path, parameters }: Creation): Parameter | undefined {
  const trailing = method === 'PUT' ? pathShape(path).trailing : undefined
  if (trailing === undefined) return undefined
  const declared = parameters.find((one) => one.in === 'path' && one.name === trailing)
  return declared ?? { name: trailing, in: 'path', required: true, schema: {} }
}

/** Finds the member by which a body names its resource itself: it has to agree with the path. */
export function ownIdOf(creation: Creation): OwnId | undefined {
  const parameter = nameParameterOf(creation)
  const root = creation.body?.schema
  if (parameter === undefined || root === undefined) return undefined
  const members = propertiesOf(root, root)
  const here = idAmong(members, parameter.name)
  if (here !== undefined) return { pointer: `/${here}`, schema: effectiveSchema(members[here], root) }
  // JSON:API, Kinto: what is created lies in `data`.
  const inner = propertiesOf(members['data'], root)
  const there = idAmong(inner, parameter.name)
  return there === undefined ? undefined : { pointer: `/data/${there}`, schema: effectiveSchema(inner[there], root) }
}

function propertiesOf(schema: unknown, root: JsonSchema): Readonly<Record<string, unknown>> {
  const { properties } = effectiveSchema(schema, root)
  return isRecord(properties) ? properties : {}
}

// A member `id` beside a path of slugs is rather an id of the server's.
const idLike = /(^|[a-z_-])(id|key|uuid|guid)$/i

function idAmong(members: Readonly<Record<string, unknown>>, parameter: string): string | undefined {
  const wanted = [parameter, ...(idLike.test(parameter) ? ['id', '_id'] : [])].map(bare)
  return wanted
    .map((want) => Object.keys(members).find((name) => bare(name) === want))
    .find((name) => name !== undefined)
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}
