import type { InputError } from '@createonce/server'
import { flat, isRecord, propertyOf, type Rooted, requiredOf, typesOf } from '../../shape/rooted.ts'

/**
 * What a JSON Merge Patch removes (RFC 7396 §2: by `null`) and every body that creates such a resource has to have, by
 * pointers. A member that may be null is not meant: clients write null into it.
 */
export function removedRequired(patch: object, inputs: readonly Rooted[], pointer = ''): readonly InputError[] {
  if (inputs.length === 0) return []
  const bodies = inputs.map(({ schema, root }) => ({ schema: flat(schema, root), root }))
  return Object.entries(patch).flatMap(([name, value]): readonly InputError[] => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const parts = bodies.flatMap(({ schema, root }) => {
      const part = propertyOf(schema, name)
      return isRecord(part) ? [{ schema: flat(part, root), root }] : []
    })
    if (isRecord(value)) return parts.length === bodies.length ? removedRequired(value, parts, at) : []
    const isMissed =
      value === null && bodies.every(({ schema }) => requiredOf(schema).includes(name)) && !parts.some(mayBeAway)
    return isMissed ? [{ pointer: at, detail: 'has to be there, and cannot be removed' }] : []
  })
}

function mayBeAway({ schema }: Rooted): boolean {
  return schema['readOnly'] === true || schema['nullable'] === true || typesOf(schema).includes('null')
}
