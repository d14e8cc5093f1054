import { DOCUMENT_LIMITS } from './document-limits.ts'

/** What is found in a parsed text that those who walk it by recursion could not bear. */
export interface InspectedValues {
  /** The first place that keeps the text from being worked with. */
  readonly fault?: { readonly pointer: string; readonly what: string }
  readonly warnings: readonly string[]
}

interface Step {
  readonly value: object
  readonly parent: Step | undefined
  readonly name: string
  readonly depth: number
}

// The first few tell where to look.
const MAX_WARNINGS = 10

/**
 * Walks a parsed text without recursion: finds values that contain themselves (anchors of YAML) or lie too deep, takes
 * members named `__proto__` out, and tells of each `$ref` that is no text.
 */
export function inspectValues(root: unknown): InspectedValues {
  const warnings: string[] = []
  const seen = new Map<object, number>()
  const open = new Set<object>()
  const todo: (Step | { readonly leave: object })[] = []
  if (isObject(root)) todo.push({ value: root, parent: undefined, name: '', depth: 0 })
  for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
    if ('leave' in step) {
      open.delete(step.leave)
      continue
    }
    const { value, depth } = step
    if (open.has(value)) {
      return { fault: { pointer: pointerTo(step), what: 'an alias makes it contain itself' }, warnings }
    }
    // What several aliases share is walked again only where it lies deeper than before.
    if ((seen.get(value) ?? -1) >= depth) continue
    if (depth > DOCUMENT_LIMITS.depth) {
      return {
        fault: { pointer: shorten(pointerTo(step)), what: `it is nested deeper than ${DOCUMENT_LIMITS.depth} levels` },
        warnings,
      }
    }
    seen.set(value, depth)
    open.add(value)
    todo.push({ leave: value })
    if (Object.hasOwn(value, '__proto__')) {
      Reflect.deleteProperty(value, '__proto__')
      warn(`${pointerTo(step)}/__proto__ is left out: a member of that name is refused in bodies, too.`)
    }
    for (const name of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[name]
      if (isObject(member)) todo.push({ value: member, parent: step, name, depth: depth + 1 })
      else if (name === '$ref' && typeof member !== 'string') {
        warn(`${pointerTo(step)}/$ref is ${JSON.stringify(member)} and no text: it refers to nothing.`)
      }
    }
  }
  return { warnings }

  function warn(text: string): void {
    if (warnings.length < MAX_WARNINGS) warnings.push(text)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function pointerTo(step: Step): string {
  const names: string[] = []
  for (let at: Step | undefined = step; at?.parent !== undefined; at = at.parent) names.unshift(at.name)
  return `#${names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
}

// The pointer of what is too deep is as long as it is deep, and its beginning tells where to look.
function shorten(pointer: string): string {
  return pointer.length > 120 ? `${pointer.slice(0, 120)}…` : pointer
}
