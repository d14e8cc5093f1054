import { MAX_LEVELS, MAX_POINTERS, pointerToken } from './examine-json.ts'

/** What is wrong with a value that a framework has parsed, as far as it still can be seen. */
export interface ExaminedValue {
  /** Arrays and objects lie deeper in each other than is taken. */
  readonly isTooDeep: boolean
  /** JSON pointers (RFC 6901) of members named `__proto__`, by which a copy would change its prototype; the first 20. */
  readonly unsafeNames: readonly string[]
}

/** Looks for what `readJson` refuses in a text. */
export function examineValue(value: unknown): ExaminedValue {
  const unsafeNames: string[] = []
  return { isTooDeep: isTooDeep(value, '', 0, unsafeNames), unsafeNames }
}

function isTooDeep(value: unknown, pointer: string, level: number, unsafeNames: string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (level === MAX_LEVELS) return true
  for (const name of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[name]
    const isUnsafe = name === '__proto__'
    if (!isUnsafe && typeof inner !== 'object') continue
    const at = pointer + pointerToken(name)
    if (isUnsafe && unsafeNames.length < MAX_POINTERS) unsafeNames.push(at)
    if (isTooDeep(inner, at, level + 1, unsafeNames)) return true
  }
  return false
}
