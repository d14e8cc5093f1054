import { canonicalText } from './canonical-text.ts'
import { examineJson, MAX_LEVELS } from './examine-json.ts'
import { scanJson } from './scan-json.ts'

/** A JSON text that was read. */
export interface JsonText {
  readonly kind: 'json'
  /** What JSON.parse returns; a member named `__proto__` is a member like any other and changes no prototype. */
  readonly value: unknown
  /** JSON pointers (RFC 6901) of the integers that lost digits in `value`, such as 9007199254740993; the first 20. */
  readonly inexact: readonly string[]
  /** JSON pointers of the members named `__proto__`, which code that copies members may trip over; the first 20. */
  readonly unsafeNames: readonly string[]
  /**
   * The canonical JSON (RFC 8785), made when asked for: equal for texts that differ only in white space, order of
   * members, escapes and spelling of numbers. A number that a double cannot repeat keeps its exact digits.
   */
  canonical(): string
}

/** What `readJson` made of a text. */
export type JsonReading =
  | JsonText
  | {
      readonly kind: 'malformed'
      /** What is wrong and where, as a sentence; may show a member's pointer, cut to 200 characters, but no value. */
      readonly detail: string
      /** Where, in UTF-16 code units from the start of the text. */
      readonly offset: number
    }

const NONE: readonly string[] = Object.freeze([])

class ReadText implements JsonText {
  readonly kind = 'json'
  readonly value: unknown
  readonly inexact: readonly string[]
  readonly unsafeNames: readonly string[]
  readonly #tree: unknown

  constructor(value: unknown, tree: unknown, inexact: readonly string[], unsafeNames: readonly string[]) {
    this.value = value
    this.#tree = tree
    this.inexact = inexact
    this.unsafeNames = unsafeNames
  }

  canonical(): string {
    const written = canonicalText(this.#tree, MAX_LEVELS)
    if (written.kind !== 'text') throw new Error(`A text that was read has no canonical form (${written.kind}).`)
    return written.text
  }
}

/**
 * How many members a parsed value has on all levels; negative if one is named `__proto__`. The loop over names is the
 * fastest there is, and sees what someone added to Object.prototype too: see `isPolluted`.
 */
function countMembers(value: object): number {
  let count = 0
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner: unknown = value[i]
      if (typeof inner === 'object' && inner !== null) count += countMembers(inner)
    }
    return count
  }
  for (const name in value) {
    if (name === '__proto__') return Number.NEGATIVE_INFINITY
    count++
    const inner = (value as Record<string, unknown>)[name]
    if (typeof inner === 'object' && inner !== null) count += countMembers(inner)
  }
  return count
}

/** True if someone has added an enumerable member to Object.prototype, which would be counted in every object. */
function isPolluted(): boolean {
  for (const _ in Object.prototype) return true
  return false
}

/** Half a surrogate pair that is not even escaped comes only from a caller that did not decode UTF-8. */
function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed()
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/**
 * Reads a JSON text (RFC 8259) such that no two readers can see two values in it: duplicate member names, lone
 * surrogates, numbers beyond a double (RFC 7493 §2.1 to §2.3) and more than 64 levels are refused as malformed.
 *
 * JSON.parse makes the value, and one scan counts the members in the text: if the value has as many, no name was given
 * twice, and no name had to be looked at. Only a text that needs it is walked with care.
 */
export function readJson(text: string): JsonReading {
  const parsed = parse(text)
  if (parsed !== undefined && isWellFormed(text) && !isPolluted()) {
    const { value } = parsed
    // The scan comes first: it bounds the depth of the recursion that counts.
    const members = scanJson(text)
    if (members >= 0 && members === (typeof value === 'object' && value !== null ? countMembers(value) : 0))
      return new ReadText(value, value, NONE, NONE)
  }
  const examined = examineJson(text)
  if (examined.kind === 'malformed') return examined
  if (parsed === undefined) return { kind: 'malformed', detail: 'The text is no JSON.', offset: 0 }
  return new ReadText(parsed.value, examined.tree, examined.inexact, examined.unsafeNames)
}
