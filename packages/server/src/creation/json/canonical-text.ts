import { exactNumber, isPlainNumber } from './json-number.ts'

/** A number whose token a double cannot repeat; stands in the place of the double in a tree that keeps exact tokens. */
export class ExactNumber {
  readonly text: string

  constructor(token: string) {
    this.text = exactNumber(token)
  }
}

/** Canonical JSON, or why there is none: a value that JSON.parse never returns, or more levels than allowed. */
export type CanonicalText =
  | {
      readonly kind: 'text'
      readonly text: string
      /** True if one of the numbers is an integer beyond 2^53 - 1. */
      readonly unsafeIntegers: boolean
    }
  | { readonly kind: 'not-plain' }
  | { readonly kind: 'too-deep' }

// Up to this length a look at each character is faster than the call of JSON.stringify, which has a fixed cost.
const SHORT_STRING = 64

// Up to this many members insertion beats the sort of the engine, which copies to a work array and back.
const FEW_MEMBERS = 16

/** Ends a walk from any depth; made once, because its stack is never read. */
const NOT_PLAIN = new Error('not plain')
const TOO_DEEP = new Error('too deep')

/** A string the way RFC 8785 §3.2.2.2 writes it, which is the way of JSON.stringify. */
function quote(text: string): string {
  if (text.length > SHORT_STRING) return JSON.stringify(text)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(text)
  }
  return `"${text}"`
}

/** Sorts by UTF-16 code units (RFC 8785 §3.2.3), which is what `>` on strings compares. */
function sortNames(names: string[]): string[] {
  if (names.length > FEW_MEMBERS) return names.sort()
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!
    let j = i - 1
    for (; j >= 0 && names[j]! > name; j--) names[j + 1] = names[j]!
    names[j + 1] = name
  }
  return names
}

class Writer {
  unsafeIntegers = false

  write(value: unknown, levels: number): string {
    switch (typeof value) {
      case 'string':
        return quote(value)
      case 'number':
        return this.#number(value)
      case 'boolean':
        return value ? 'true' : 'false'
      case 'bigint': {
        // A body parser that keeps large integers hands them over as bigints: their digits are those of the token.
        const token = `${value}`
        return isPlainNumber(token) ? `${Number(token)}` : exactNumber(token)
      }
      case 'object':
        if (value === null) return 'null'
        if (Array.isArray(value)) return this.#array(value, levels)
        return this.#object(value, levels)
      default:
        throw NOT_PLAIN
    }
  }

  #number(value: number): string {
    if (Number.isSafeInteger(value)) return `${value}`
    if (!Number.isFinite(value)) throw NOT_PLAIN
    if (Number.isInteger(value)) this.unsafeIntegers = true
    return `${value}`
  }

  #array(array: readonly unknown[], levels: number): string {
    if (levels === 0) throw TOO_DEEP
    if (array.length === 0) return '[]'
    let text = `[${this.write(array[0], levels - 1)}`
    for (let i = 1; i < array.length; i++) text += `,${this.write(array[i], levels - 1)}`
    return `${text}]`
  }

  #object(object: object, levels: number): string {
    const prototype = Object.getPrototypeOf(object)
    if (prototype !== Object.prototype && prototype !== null) {
      if (object instanceof ExactNumber) return object.text
      throw NOT_PLAIN
    }
    if (levels === 0) throw TOO_DEEP
    const names = sortNames(Object.keys(object))
    let text = '{'
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!
      const member = `${quote(name)}:${this.write((object as Record<string, unknown>)[name], levels - 1)}`
      text += i === 0 ? member : `,${member}`
    }
    return `${text}}`
  }
}

/** Canonical JSON (RFC 8785) of a tree of plain values, of at most `levels` levels of objects and arrays. */
export function canonicalText(tree: unknown, levels: number): CanonicalText {
  const writer = new Writer()
  try {
    const text = writer.write(tree, levels)
    return { kind: 'text', text, unsafeIntegers: writer.unsafeIntegers }
  } catch (error) {
    if (error === NOT_PLAIN) return { kind: 'not-plain' }
    if (error === TOO_DEEP) return { kind: 'too-deep' }
    throw error
  }
}
