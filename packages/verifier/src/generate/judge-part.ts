import { compileSchema } from '../target/compile-schema.ts'
import type { JsonSchema } from '../target/target.ts'

const judges = new WeakMap<JsonSchema, WeakMap<JsonSchema, (value: unknown) => boolean>>()

/** Judges values by a part of a schema, with the definitions of the whole at hand; compiled once. */
export function judgePart(part: JsonSchema, root: JsonSchema): (value: unknown) => boolean {
  let perRoot = judges.get(root)
  if (perRoot === undefined) {
    perRoot = new WeakMap()
    judges.set(root, perRoot)
  }
  let judge = perRoot.get(part)
  if (judge === undefined) {
    const definitions = root['$defs']
    judge = compileSchema(definitions === undefined ? { ...part } : { ...part, $defs: definitions }).accepts
    perRoot.set(part, judge)
  }
  return judge
}
