import { ExactNumber } from './canonical-text.ts'
import { isIntegerToken, isPlainNumber, numberFault } from './json-number.ts'

/**
 * The most levels of objects and arrays in a body. Creations of real APIs stay below ten; the limit keeps every
 * recursive walk over a body, ours and the author's, far from the end of the stack.
 */
export const MAX_LEVELS = 64

/**
 * The most pointers that are reported of one kind. A message shows a few, and one pointer can be as long as the body:
 * without a limit a body of 1 MB could ask for gigabytes of pointers.
 */
export const MAX_POINTERS = 20

// A pointer in a message is for reading; a longer one is cut here.
const MAX_SHOWN_POINTER = 200

/** What a careful walk over a text found: where it stops being acceptable JSON, or what is special about it. */
export type Examination =
  | { readonly kind: 'malformed'; readonly detail: string; readonly offset: number }
  | {
      readonly kind: 'examined'
      /** The value, with an `ExactNumber` in the place of each number that a double cannot repeat. */
      readonly tree: unknown
      readonly inexact: readonly string[]
      readonly unsafeNames: readonly string[]
    }

class Fault extends Error {
  readonly offset: number

  constructor(detail: string, offset: number) {
    super(detail)
    this.offset = offset
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/** The reference token of a JSON pointer (RFC 6901 §3) for a member name or an index. */
export function pointerToken(step: string | number): string {
  return typeof step === 'number' ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

class Examiner {
  readonly #text: string
  readonly #path: (string | number)[] = []
  readonly inexact: string[] = []
  readonly unsafeNames: string[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): unknown {
    if (this.#text.charCodeAt(0) === 0xfeff)
      throw new Fault('The text starts with a byte order mark, which JSON must not have', 0)
    this.#skipSpace()
    const tree = this.#value(MAX_LEVELS)
    this.#skipSpace()
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the text')
    return tree
  }

  #value(levels: number): unknown {
    const first = this.#text[this.#at]
    if (first === '"') return this.#string()
    if (first === '{' || first === '[') {
      if (levels === 0) throw new Fault(`The nesting is deeper than ${MAX_LEVELS} levels`, this.#at)
      this.#at++
      return first === '{' ? this.#members(levels - 1) : this.#elements(levels - 1)
    }
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.#number()
    for (const [literal, value] of LITERALS) {
      if (!this.#text.startsWith(literal, this.#at)) continue
      this.#at += literal.length
      return value
    }
    throw this.#unexpected('a value')
  }

  #members(levels: number): unknown {
    const object: Record<string, unknown> = Object.create(null)
    const seen = new Set<string>()
    this.#skipSpace()
    if (this.#skip('}')) return object
    do {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') throw this.#unexpected('a member name in double quotes')
      const start = this.#at
      const name = this.#string()
      this.#path.push(name)
      if (seen.has(name)) throw new Fault(`The member ${this.#shownPointer()} is given more than once`, start)
      seen.add(name)
      if (name === '__proto__') this.#note(this.unsafeNames)
      this.#skipSpace()
      if (!this.#skip(':')) throw this.#unexpected('":" after a member name')
      this.#skipSpace()
      object[name] = this.#value(levels)
      this.#path.pop()
      this.#skipSpace()
    } while (this.#skip(','))
    if (!this.#skip('}')) throw this.#unexpected('"," or "}" after a member')
    return object
  }

  #elements(levels: number): unknown {
    const array: unknown[] = []
    this.#skipSpace()
    if (this.#skip(']')) return array
    do {
      this.#skipSpace()
      this.#path.push(array.length)
      array.push(this.#value(levels))
      this.#path.pop()
      this.#skipSpace()
    } while (this.#skip(','))
    if (!this.#skip(']')) throw this.#unexpected('"," or "]" after an element')
    return array
  }

  #number(): unknown {
    NUMBER.lastIndex = this.#at
    const token = NUMBER.exec(this.#text)?.[0]
    if (token === undefined) throw new Fault('There is a "-" without a digit behind it', this.#at)
    const fault = numberFault(token)
    if (fault !== undefined) throw new Fault(fault, this.#at)
    this.#at += token.length
    if (isPlainNumber(token)) return Number(token)
    if (isIntegerToken(token)) this.#note(this.inexact)
    return new ExactNumber(token)
  }

  #string(): string {
    const start = this.#at
    let escaped = false
    for (this.#at++; ; ) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x22) break
      if (code === 0x5c) {
        escaped = true
        this.#escape()
      } else if (code < 0x20) {
        throw new Fault('A control character inside a string must be escaped', this.#at)
      } else if (code >= 0xd800 && code <= 0xdfff) {
        this.#surrogates(code, 1, this.#text.charCodeAt(this.#at + 1))
      } else if (this.#at >= this.#text.length) {
        throw new Fault('The text ends inside a string', this.#at)
      } else {
        this.#at++
      }
    }
    this.#at++
    return escaped ? JSON.parse(this.#text.slice(start, this.#at)) : this.#text.slice(start + 1, this.#at - 1)
  }

  #escape(): void {
    const letter = this.#text[this.#at + 1]
    if (letter !== undefined && '"\\/bfnrt'.includes(letter)) {
      this.#at += 2
      return
    }
    const code = this.#escapedCode(this.#at)
    if (code === undefined) throw new Fault('There is an escape that JSON does not have', this.#at)
    if (code >= 0xd800 && code <= 0xdfff) this.#surrogates(code, 6, this.#escapedCode(this.#at + 6))
    else this.#at += 6
  }

  /** The code unit that `\uXXXX` at an offset names. */
  #escapedCode(at: number): number | undefined {
    const spelled = this.#text.slice(at, at + 6)
    return /^\\u[0-9a-fA-F]{4}$/.test(spelled) ? Number.parseInt(spelled.slice(2), 16) : undefined
  }

  /** Steps over a surrogate pair, each half `width` characters wide; a lone half has no UTF-8 (RFC 7493 §2.1). */
  #surrogates(high: number, width: number, low = 0): void {
    if (high >= 0xdc00 || !(low >= 0xdc00 && low <= 0xdfff))
      throw new Fault('There is a surrogate without its other half', this.#at)
    this.#at += 2 * width
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #note(pointers: string[]): void {
    if (pointers.length < MAX_POINTERS) pointers.push(this.#path.map(pointerToken).join(''))
  }

  #shownPointer(): string {
    const pointer = this.#path.map(pointerToken).join('')
    return JSON.stringify(pointer.length > MAX_SHOWN_POINTER ? `${pointer.slice(0, MAX_SHOWN_POINTER)}…` : pointer)
  }

  #unexpected(wanted: string): Fault {
    const code = this.#text.codePointAt(this.#at)
    if (code === undefined) return new Fault(`The text ends where ${wanted} is expected`, this.#at)
    return new Fault(`There is ${JSON.stringify(String.fromCodePoint(code))} where ${wanted} is expected`, this.#at)
  }
}

/**
 * Reads a JSON text with care: says what is wrong and where, and keeps the exact tokens of its numbers. Slower than
 * JSON.parse; `readJson` calls it only for texts that need it.
 *
 * Stricter than RFC 8259 where two readers may see two values: duplicate member names, lone surrogates, numbers beyond
 * a double (RFC 7493 §2.1 to §2.3), more than 64 levels.
 */
export function examineJson(text: string): Examination {
  const examiner = new Examiner(text)
  try {
    const tree = examiner.document()
    return { kind: 'examined', tree, inexact: examiner.inexact, unsafeNames: examiner.unsafeNames }
  } catch (error) {
    if (error instanceof Fault) {
      const detail = `${error.message}, at character ${error.offset}.`
      return { kind: 'malformed', detail, offset: error.offset }
    }
    throw error
  }
}
