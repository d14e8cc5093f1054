import { compileSchema } from '../target/compile-schema.ts'
import type { Creation } from '../target/target.ts'
import type { Fault } from './fault.ts'
import type { Fresh } from './fresh.ts'
import { applyFault, listFaults } from './list-faults.ts'
import { type ValidBodyOptions, validBody } from './valid-body.ts'

/** A body that is valid but for one place. */
export interface InvalidBody {
  readonly name: string
  /** JSON Pointer of the fault; a missing member is named itself, `''` is the whole body. */
  readonly pointer: string
  /** The keyword that is broken, e.g. `required`, `type`, `nullable`, `maximum`, `format`. */
  readonly rule: string
  readonly body: unknown
  /** The valid body that it was made from. */
  readonly valid: unknown
}

/** A body with two faults that have nothing to do with each other. */
export interface TwiceInvalidBody {
  readonly name: string
  readonly pointers: readonly [string, string]
  readonly rules: readonly [string, string]
  readonly body: unknown
}

export interface InvalidBodiesOptions extends ValidBodyOptions {
  /** At most so many, the most telling first. @default 60 */
  readonly limit?: number
}

// Enough for every member of a usual body; the rest of a large one repeats the same rules.
const LIMIT = 60

/**
 * Bodies with one violation each. Every one has its own fresh values, so that none is refused as a duplicate of
 * another, and the schema's validator really refuses it. Empty where the schema forbids nothing, or where no valid
 * body is possible.
 */
export function invalidBodies(
  creation: Creation,
  fresh: Fresh,
  options: InvalidBodiesOptions = {},
): readonly InvalidBody[] {
  return faultsOf(creation, fresh, options)
    .slice(0, options.limit ?? LIMIT)
    .flatMap((fault) => {
      const valid = validBodyFor(creation, fresh, [fault], options)
      if (valid === undefined) return []
      const { name, pointer, rule } = fault
      return [{ name, pointer, rule, body: applyFault(valid, fault), valid }]
    })
}

/** A body with two independent violations, to see whether both are reported; undefined where there are no two. */
export function twoFaults(
  creation: Creation,
  fresh: Fresh,
  options: ValidBodyOptions = {},
): TwiceInvalidBody | undefined {
  const faults = faultsOf(creation, fresh, options).filter(({ pointer }) => pointer !== '')
  for (const [index, first] of faults.entries()) {
    const second = faults.slice(index + 1).find((other) => apart(first.pointer, other.pointer))
    if (second === undefined) continue
    // The second to be set is applied to what the first left, and neither is inside the other.
    const valid = validBodyFor(creation, fresh, [first, second], options)
    if (valid === undefined) continue
    return {
      name: `${first.name}, and ${second.name}`,
      pointers: [first.pointer, second.pointer],
      rules: [first.rule, second.rule],
      body: applyFault(applyFault(valid, first), second),
    }
  }
  return undefined
}

function faultsOf(creation: Creation, fresh: Fresh, options: ValidBodyOptions): readonly Fault[] {
  if (creation.body === undefined) return []
  const made = validBody(creation, fresh, options)
  if (made.kind === 'impossible' || made.body === undefined) return []
  return listFaults(creation.body.schema, made.body, fresh)
}

/** A fresh valid body in which each of the faults is a fault by itself. */
function validBodyFor(creation: Creation, fresh: Fresh, faults: readonly Fault[], options: ValidBodyOptions): unknown {
  const made = validBody(creation, fresh, options)
  if (made.kind === 'impossible' || creation.body === undefined) return undefined
  const judge = compileSchema(creation.body.schema)
  return faults.every((fault) => !judge.accepts(applyFault(made.body, fault))) ? made.body : undefined
}

function apart(a: string, b: string): boolean {
  return a !== b && !a.startsWith(`${b}/`) && !b.startsWith(`${a}/`)
}
