import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import { itemKey, parentKey, pathShape } from './path-shape.ts'
import { createVerbAtEnd } from './related-operations.ts'
import type { Creation, ParentLink, ReferenceLink } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

/** The creations whose resources the path of a creation names, outermost first. */
export function findParents(creation: Creation, all: readonly Creation[]): readonly ParentLink[] {
  const shape = pathShape(creation.path)
  const links: ParentLink[] = []
  for (const [index, segment] of shape.segments.entries()) {
    const parameter = /^\{([^}]+)\}$/.exec(segment)?.[1]
    // The last segment of a PUT is the name of the new resource itself.
    if (parameter === undefined || (creation.method === 'PUT' && index === shape.segments.length - 1)) continue
    const key = pathShape(`/${shape.segments.slice(0, index + 1).join('/')}`).key
    const others = all.filter((other) => other !== creation)
    const parent = others.find((other) => itemKeysOf(other).includes(key)) ?? byName(parameter, others)
    if (parent !== undefined) links.push({ parameter, creation: parent.id })
  }
  return links
}

/** Body members that seem to name what another creation creates: `authorId`, `author_id`. */
export function findReferences(creation: Creation, all: readonly Creation[]): readonly ReferenceLink[] {
  const schema = creation.body?.schema
  if (schema === undefined) return []
  const effective = effectiveSchema(schema, schema)
  const properties = isRecord(effective['properties']) ? effective['properties'] : {}
  const required = new Set(Array.isArray(effective['required']) ? effective['required'] : [])
  const links: ReferenceLink[] = []
  for (const [name, member] of Object.entries(properties)) {
    const types = [effectiveSchema(member, schema)['type']].flat()
    if (!types.includes('string') && !types.includes('integer')) continue
    const target = byName(
      name,
      all.filter((other) => nounOf(other) !== nounOf(creation)),
    )
    if (target === undefined) continue
    links.push({
      pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      creation: target.id,
      required: required.has(name),
    })
  }
  return links
}

/** The keys of the paths under which a creation's resources live. */
function itemKeysOf(creation: Creation): readonly string[] {
  const shape = pathShape(creation.path)
  const read = creation.read === undefined ? [] : [pathShape(creation.read.path).key]
  if (creation.method === 'PUT') return [shape.key, ...read]
  const folder = createVerbAtEnd(shape) ? `${parentKey(shape)}/{}` : itemKey(shape)
  return [folder, ...read]
}

/** `ownerId` names what `POST /owners` creates, wherever the parameter stands. */
function byName(name: string, creations: readonly Creation[]): Creation | undefined {
  const words = wordsOf(name)
  if (words.length < 2 || !['id', 'uuid', 'key', 'code', 'slug', 'ref'].includes(words.at(-1) as string))
    return undefined
  const wanted = words.slice(0, -1).map(singularOf).join('-')
  return creations.find((other) => {
    const noun = nounOf(other)
    return noun === wanted && pathShape(other.path).parameters.length === (other.method === 'PUT' ? 1 : 0)
  })
}

function nounOf(creation: Creation): string {
  const shape = pathShape(creation.path)
  const noun = createVerbAtEnd(shape) ? (shape.segments.at(-2) ?? '') : shape.noun
  return wordsOf(noun).map(singularOf).join('-')
}
