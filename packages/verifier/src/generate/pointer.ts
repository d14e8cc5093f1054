/** One step of a JSON Pointer for a member name or an index. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The names and indexes that a JSON Pointer walks through. */
export function pointerPath(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a JSON Pointer; undefined where nothing is there. */
export function valueAt(document: unknown, pointer: string): unknown {
  let current = document
  for (const name of pointerPath(pointer)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, name)) return undefined
    current = (current as Record<string, unknown>)[name]
  }
  return current
}

/** A copy of the document with the value at a JSON Pointer replaced or added; the document where the way is missing. */
export function withValueAt(document: unknown, pointer: string, value: unknown): unknown {
  return change(document, pointerPath(pointer), (holder, name) => define(holder, name, value), value)
}

/** A copy of the document without the member at a JSON Pointer. */
export function withoutValueAt(document: unknown, pointer: string): unknown {
  return change(
    document,
    pointerPath(pointer),
    (holder, name) => delete (holder as Record<string, unknown>)[name],
    document,
  )
}

function change(
  document: unknown,
  path: readonly string[],
  edit: (holder: object, name: string) => void,
  whole: unknown,
): unknown {
  const last = path.at(-1)
  if (last === undefined) return whole
  const copy = structuredClone(document)
  let holder: unknown = copy
  for (const name of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return copy
    holder = (holder as Record<string, unknown>)[name]
  }
  if (typeof holder === 'object' && holder !== null) edit(holder, last)
  return copy
}

/** Sets a member by definition, because assigning `__proto__` would set the prototype. */
function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}
