import type { InputError } from '@createonce/server'
import type { Reference, Resource } from '../plan/resource.ts'
import { andThen } from '../rows/and-then.ts'
import type { MaybePromise } from '../rows/rows.ts'
import type { Look } from './missing-parent.ts'

// More are not looked up for one creation.
const MAX_LOOKUPS = 100

/** The members that name what is not there. `null` names nothing. */
export function brokenReferences(
  references: readonly Reference[],
  body: unknown,
  ownerOf: (resource: Resource) => string,
  resources: ReadonlyMap<string, Resource>,
  look: Look,
): MaybePromise<readonly InputError[]> {
  if (references.length === 0) return []
  const wanted = references.flatMap(({ pointer, resource: key }) => {
    const resource = resources.get(key)
    // Of what lies below a parent the id alone names nothing.
    if (resource === undefined || resource.parents.length > 0) return []
    return [...valuesAt(body, pointer.split('/').slice(1).map(fromToken))].flatMap((named) =>
      // A number names nothing whose ids are text: the member has a noun's name, and is something else.
      typeof named.value === 'number' && resource.bodies.id.type !== 'integer' ? [] : [{ ...named, resource }],
    )
  })
  return lookUp(wanted.slice(0, MAX_LOOKUPS), [])

  /** One after the other: they share a connection. */
  function lookUp(
    [first, ...others]: readonly (Named & { readonly resource: Resource })[],
    errors: readonly InputError[],
  ): MaybePromise<readonly InputError[]> {
    if (first === undefined) return errors
    const { at, value, resource } = first
    return andThen(look(resource, { owner: ownerOf(resource), parents: [] }, String(value)), (found) => {
      const broken = { pointer: at, detail: `names no ${resource.noun} that exists` }
      return lookUp(others, found === undefined ? [...errors, broken] : errors)
    })
  }
}

/** A member's value, and where it stands. */
interface Named {
  readonly at: string
  readonly value: string | number
}

function* valuesAt(value: unknown, steps: readonly string[], at = ''): Generator<Named> {
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
