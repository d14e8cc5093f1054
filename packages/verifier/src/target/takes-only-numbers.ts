import { pointerPath } from '../generate/pointer.ts'
import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import type { JsonSchema } from './target.ts'

/** Whether a schema takes nothing but numbers at a JSON Pointer into what it describes; a `0` stands for every item of a list. */
export function takesOnlyNumbers(root: JsonSchema, pointer: string): boolean {
  let part: unknown = root
  for (const step of pointerPath(pointer)) {
    const { items, properties } = effectiveSchema(part, root)
    part = isRecord(properties) && Object.hasOwn(properties, step) ? properties[step] : items
  }
  const types = part === undefined ? [] : [effectiveSchema(part, root)['type'] ?? []].flat()
  return types.includes('integer') || types.includes('number')
    ? types.every((type) => ['integer', 'number', 'null'].includes(String(type)))
    : false
}
