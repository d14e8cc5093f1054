import { isObject } from './json-node.ts'

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

/** The items of a list answer: the answer itself, or the array that an envelope holds; undefined when there is none. */
export function findItems(json: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json
  if (!isObject(json) || depth > 2) return undefined
  for (const name of usualNames) {
    const inner = findItems(json[name], depth + 1)
    if (inner !== undefined) return inner
  }
  const arrays = Object.values(json).filter(Array.isArray)
  if (arrays.length === 1) return arrays[0]
  return isObject(json['_embedded']) ? findItems(json['_embedded'], depth + 1) : undefined
}
