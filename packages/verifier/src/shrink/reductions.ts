import { pointerStep, valueAt, withoutValueAt, withValueAt } from '../generate/pointer.ts'

/** One way in which a body could be smaller, at a JSON Pointer. */
export interface Reduction {
  /** Leave a member out; keep only the first element; put a shorter number in its place. */
  readonly kind: 'without' | 'first' | 'shorter'
  readonly pointer: string
}

// What a person would write for a number that does not matter.
const plainNumbers = [1, 0]

/**
 * Every way in which a body could be smaller without another fault than it has, in the body's own order.
 *
 * @param spared - JSON Pointers of what has to stay.
 * @param faults - what is wrong with a body, as a text: empty for a valid one.
 */
export function reductionsOf(
  body: unknown,
  spared: readonly string[],
  faults: (body: unknown) => string,
): readonly Reduction[] {
  return [...candidates(body, '')].filter((one) => reduced(body, [one], spared, faults) !== body)
}

/** A body made smaller, as far as that leaves it what it was: just as valid, or with the very fault it had. */
export function reduced(
  body: unknown,
  reductions: readonly Reduction[],
  spared: readonly string[],
  faults: (body: unknown) => string,
): unknown {
  const before = faults(body)
  let current = body
  // A member that another one brings along can only go after it.
  for (let pass = 0; pass < 2; pass++) {
    for (const reduction of reductions) {
      const next = applied(current, reduction, spared)
      if (next !== current && faults(next) === before) current = next
    }
  }
  return current
}

function applied(body: unknown, { kind, pointer }: Reduction, spared: readonly string[]): unknown {
  const value = valueAt(body, pointer)
  if (value === undefined) return body
  const touches = spared.some((one) => one === pointer || one.startsWith(`${pointer}/`))
  if (kind === 'first') {
    return Array.isArray(value) && value.length > 1 && !touches ? withValueAt(body, pointer, value.slice(0, 1)) : body
  }
  if (touches) return body
  if (kind === 'without') return withoutValueAt(body, pointer)
  const shorter = plainNumbers.find((one) => String(one).length < String(value).length)
  return typeof value === 'number' && shorter !== undefined ? withValueAt(body, pointer, shorter) : body
}

function* candidates(value: unknown, pointer: string): Generator<Reduction> {
  if (Array.isArray(value)) {
    if (value.length > 1) yield { kind: 'first', pointer }
    if (value.length > 0) yield* candidates(value[0], `${pointer}/0`)
    return
  }
  if (typeof value === 'number') yield { kind: 'shorter', pointer }
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    const place = pointer + pointerStep(name)
    yield { kind: 'without', pointer: place }
    yield* candidates(member, place)
  }
}
