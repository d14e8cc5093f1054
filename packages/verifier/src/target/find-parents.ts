import { creationOfNoun } from './creation-of-noun.ts'
import { indexBy } from './index-by.ts'
import { itemKey, parentKey, pathShape } from './path-shape.ts'
import { createVerbAtEnd } from './related-operations.ts'
import type { Creation, ParentLink } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

/** The creations whose resources the path of a creation names, outermost first. */
export function findParents(creation: Creation, all: readonly Creation[]): readonly ParentLink[] {
  const shape = pathShape(creation.path)
  const others = postFirst(all)
  const links: ParentLink[] = []
  for (const [index, segment] of shape.segments.entries()) {
    const parameter = /^\{([^}]+)\}$/.exec(segment)?.[1]
    // The last segment of a PUT is the name of the new resource itself.
    if (parameter === undefined || (creation.method === 'PUT' && index === shape.segments.length - 1)) continue
    const key = pathShape(`/${shape.segments.slice(0, index + 1).join('/')}`).key
    const parent = livingAt(others, key).find((other) => other !== creation) ?? byName(parameter, others, creation)
    if (parent !== undefined) links.push({ parameter, creation: parent.id })
  }
  return links
}

/** Of two ways to make a parent, POST is the one that needs no name for it. */
function postFirst(all: readonly Creation[]): readonly Creation[] {
  const known = sorted.get(all)
  if (known !== undefined) return known
  const list = [...all].sort((one, other) => Number(one.method === 'PUT') - Number(other.method === 'PUT'))
  sorted.set(all, list)
  return list
}

const sorted = new WeakMap<readonly Creation[], readonly Creation[]>()

/** The keys of the paths under which a creation's resources live. */
function itemKeysOf(creation: Creation): readonly string[] {
  const shape = pathShape(creation.path)
  const read = creation.read === undefined ? [] : [pathShape(creation.read.path).key]
  if (creation.method === 'PUT') return [shape.key, ...read]
  const folder = createVerbAtEnd(shape) ? `${parentKey(shape)}/{}` : itemKey(shape)
  return [folder, ...read]
}

const livingAt = indexBy<Creation>(itemKeysOf)

/** `ownerId` names what `POST /owners` creates, wherever the parameter stands. */
function byName(name: string, all: readonly Creation[], self: Creation): Creation | undefined {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (words.length < 2 || !['id', 'uuid', 'key', 'code', 'slug', 'ref'].includes(last)) return undefined
  return creationOfNoun(words.slice(0, -1).map(singularOf).join('-'), all, (other) => other !== self)
}
