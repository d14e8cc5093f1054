import type { InputError } from '@createonce/server'
import type { Reference, Resource } from '../plan/resource.ts'
import type { Look } from './missing-parent.ts'

// More are not looked up for one creation.
const MAX_LOOKUPS = 100

/** The members that name what is not there. `null` names nothing. */
export async function brokenReferences(
  references: readonly Reference[],
  body: unknown,
  ownerOf: (resource: Resource) => string,
  resources: ReadonlyMap<string, Resource>,
  look: Look,
): Promise<readonly InputError[]> {
  const errors: InputError[] = []
  let lookups = 0
  for (const { pointer, resource: key } of references) {
    const resource = resources.get(key)
    // Of what lies below a parent the id alone names nothing.
    if (resource === undefined || resource.parents.length > 0) continue
    for (const { at, value } of valuesAt(body, pointer.split('/').slice(1).map(fromToken))) {
      // A number names nothing whose ids are text: the member has a noun's name, and is something else.
      if (typeof value === 'number' && resource.bodies.id.type !== 'integer') continue
      if (++lookups > MAX_LOOKUPS) return errors
      const found = await look(resource, { owner: ownerOf(resource), parents: [] }, String(value))
      if (found === undefined) errors.push({ pointer: at, detail: `names no ${resource.noun} that exists` })
    }
  }
  return errors
}

function* valuesAt(
  value: unknown,
  steps: readonly string[],
  at = '',
): Generator<{ readonly at: string; readonly value: string | number }> {
  const [step, ...rest] = steps
  if (step === undefined) {
    if (typeof value === 'string' || typeof value === 'number') yield { at, value }
    return
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* valuesAt(item, rest, `${at}/${index}`)
  } else if (typeof value === 'object' && value !== null && Object.hasOwn(value, step)) {
    const token = step.replaceAll('~', '~0').replaceAll('/', '~1')
    yield* valuesAt((value as Record<string, unknown>)[step], rest, `${at}/${token}`)
  }
}

function fromToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}
