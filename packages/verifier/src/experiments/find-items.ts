import { isObject, type JsonObject } from './json-node.ts'

const usualNames = [
  'data',
  'items',
  'results',
  'content',
  'value',
  'member',
  'hydra:member',
  'records',
  'entries',
  'rows',
  'docs',
  'list',
]

/**
 * The items of a list answer: the answer itself, the array that an envelope holds, or an object's members where each is
 * kept under its own name; undefined when there is none.
 */
export function findItems(json: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json
  if (!isObject(json) || depth > 2) return undefined
  for (const name of usualNames) {
    const inner = findItems(json[name], depth + 1)
    if (inner !== undefined) return inner
  }
  const arrays = Object.values(json).filter(Array.isArray)
  if (arrays.length === 1) return arrays[0]
  if (isObject(json['_embedded'])) return findItems(json['_embedded'], depth + 1)
  return arrays.length === 0 ? (itemsByName(json) ?? itemsWithin(json, depth)) : undefined
}

/** The list in the one member that has any: `{"collection":{"items":[]}}`. */
function itemsWithin(json: JsonObject, depth: number): readonly unknown[] | undefined {
  const lists = Object.values(json).flatMap((node) => {
    const items = isObject(node) ? findItems(node, depth + 1) : undefined
    return items === undefined ? [] : [items]
  })
  return lists.length === 1 ? lists[0] : undefined
}

/** `{"tea":{"name":"tea"}}`: items that repeat the name under which they stand show that this is a list by names. */
function itemsByName(json: JsonObject): readonly unknown[] | undefined {
  const entries = Object.entries(json)
  if (!entries.every(([, item]) => isObject(item))) return undefined
  const named = entries.filter(([name, item]) => Object.values(item as JsonObject).includes(name))
  // Not all: a server may have accepted a name that is no text.
  return named.length > entries.length / 2 ? Object.values(json) : undefined
}
