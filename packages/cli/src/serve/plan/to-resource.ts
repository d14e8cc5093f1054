import { type Operation, type Parameter, parentKey, pathShape } from '@createonce/verifier/document'
import { bodiesOf } from './bodies-of.ts'
import type { Found } from './find-resources.ts'
import { naturalKeyOf } from './natural-key-of.ts'
import { parentsOf } from './parents-of.ts'
import type { Parent, Resource } from './resource.ts'
import { tableName } from './table-name.ts'

/** Makes a resource of what was found, or tells why none can be served. */
export function toResource(
  group: Found,
  groups: readonly Found[],
  operations: readonly Operation[],
): Resource | string {
  const { key, itemPath, noun, creations } = group
  const { parameters, trailing } = pathShape(itemPath)
  if (trailing === undefined) return 'the path of one of them does not end with its name'
  const item = operations.find((operation) => operation.path === itemPath)
  const idParameter: Parameter = item?.parameters.find((one) => one.in === 'path' && one.name === trailing) ?? {
    name: trailing,
    in: 'path',
    required: true,
    schema: {},
  }
  const named = parentsOf(itemPath, groups)
  const parents = parameters.slice(0, -1).map((parameter, index): Parent => {
    const at = named.find((one) => one.index === index)
    return { parameter, ...(at !== undefined && { resource: at.resource }) }
  })
  const reads = operations.filter(({ method, path }) => {
    const shape = pathShape(path)
    return method === 'GET' && shape.key === key && shape.trailing !== undefined
  })
  const read = reads.find(({ path }) => path === itemPath) ?? reads[0]
  const lists = operations.filter(
    ({ method, path }) =>
      method === 'GET' &&
      pathShape(path).key === parentKey(pathShape(itemPath)) &&
      pathShape(path).trailing === undefined,
  )
  const bodies = bodiesOf(group, idParameter, { read, lists })
  if (typeof bodies === 'string') return bodies
  const { id } = bodies
  const below = groups.filter((other) => other.key.startsWith(`${key}/`)).map((other) => tableName(other.key))
  return {
    key,
    itemPath,
    parents,
    idParameter,
    noun,
    table: {
      name: tableName(key),
      ids: id.type === 'integer' && id.givenBy !== 'client' ? 'dealt' : 'given',
      naturalKey: naturalKeyOf(creations),
      below,
    },
    bodies,
    isDeclared: item !== undefined,
  }
}
