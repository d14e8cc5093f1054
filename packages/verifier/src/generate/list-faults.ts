import { compileSchema } from '../target/compile-schema.ts'
import type { JsonSchema } from '../target/target.ts'
import type { Fault } from './fault.ts'
import { faultsAt } from './faults-at.ts'
import type { Fresh } from './fresh.ts'
import { listPlaces } from './list-places.ts'
import { pointerPath, withoutValueAt, withValueAt } from './pointer.ts'

/** The body with one fault in it. */
export function applyFault(body: unknown, { pointer, change }: Fault): unknown {
  return change === 'remove' ? withoutValueAt(body, pointer) : withValueAt(body, pointer, change.set)
}

/**
 * The faults that a schema refuses in a valid body, the most telling first: what is missing and what has the wrong
 * type before limits, the outer members before the inner ones. One fault a place and rule.
 */
export function listFaults(schema: JsonSchema, body: unknown, fresh: Fresh): readonly Fault[] {
  const judge = compileSchema(schema)
  const seen = new Set<string>()
  const found: Fault[] = []
  for (const fault of listPlaces(schema, body).flatMap((place) => faultsAt(place, fresh))) {
    // Different wrong types are different faults; a second pattern breaker is not.
    const key = fault.rule === 'type' ? fault.name : `${fault.pointer} ${fault.rule}`
    if (seen.has(key) || judge.accepts(applyFault(body, fault))) continue
    seen.add(key)
    found.push(fault)
  }
  return found
    .map((fault, index) => ({ fault, index }))
    .sort(byTelling)
    .map(({ fault }) => fault)
}

const RANK: Readonly<Record<string, number>> = { required: 0, type: 1, enum: 2, format: 2, nullable: 3 }

function byTelling(a: { fault: Fault; index: number }, b: { fault: Fault; index: number }): number {
  return weight(a.fault) - weight(b.fault) || a.index - b.index
}

/** Depth counts three ranks: a limit of an outer member says more than a type far inside. */
function weight({ pointer, rule, name }: Fault): number {
  const depth = Math.max(pointerPath(pointer).length - 1, 0)
  const lenient = name.endsWith('number instead of text') ? 3 : 0
  // The top level is one place with many types; the members come first.
  return depth * 3 + (RANK[rule] ?? 2) + lenient + (pointer === '' ? 2 : 0)
}
