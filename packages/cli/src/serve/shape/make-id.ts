import { type JsonSchema, stringFromPattern } from '@createonce/verifier/document'
import { acceptsScalar } from './accepts.ts'

/** A fresh id as text; undefined where no attempt fits. */
export type MakeId = (random: () => number) => string | undefined

// An id must not be met twice: this many letters of 36 are 62 bits.
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 12
const ATTEMPTS = 20

/** Version 4 of RFC 9562 §5.4, from a source of randomness. */
export function makeUuid(random: () => number): string {
  const hex = (count: number) =>
    Math.floor(random() * 16 ** count)
      .toString(16)
      .padStart(count, '0')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(random() * 4)]}${hex(3)}-${hex(12)}`
}

/** How ids are made that every one of the schemas takes: of the path parameter, and of the member. */
export function makeIds(kind: 'integer' | 'uuid' | 'text', schemas: readonly JsonSchema[], prefix: string): MakeId {
  const value = (text: string, s: JsonSchema) =>
    [s['type']].flat().includes('string') || s['type'] === undefined ? text : Number(text)
  const fits = (text: string) => schemas.every((s) => acceptsScalar(s, value(text, s)))
  const number = (name: string, otherwise: number) =>
    schemas.map((s) => s[name]).find((one): one is number => typeof one === 'number') ?? otherwise
  const pattern = schemas.map((s) => s['pattern']).find((one): one is string => typeof one === 'string')
  // As long as the example: what refers to it elsewhere may say how long it is.
  const example = schemas
    .map((s) => s['example'] ?? (s['examples'] as readonly unknown[] | undefined)?.[0])
    .find((one): one is string => typeof one === 'string' && /^[A-Za-z0-9_-]{12,64}$/.test(one))
  return (random) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const made = makers(random)[kind]()
      if (fits(made)) return made
    }
    return undefined
  }

  function makers(random: () => number) {
    const letters = (count: number) =>
      Array.from({ length: count }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('')
    return {
      integer: () => {
        const low = Math.max(1, Math.ceil(number('minimum', 1)))
        const high = Math.min(2 ** 31 - 1, number('maximum', 2 ** 31 - 1))
        return String(low + Math.floor(random() * Math.max(high - low + 1, 1)))
      },
      uuid: () => makeUuid(random),
      text: () => {
        if (pattern !== undefined) return stringFromPattern(pattern, { random }, 8)
        const max = number('maxLength', 255)
        const length = Math.max(number('minLength', 0), Math.min(example?.length ?? prefix.length + LENGTH, max))
        const kept = prefix.length + 6 <= length ? prefix : ''
        return kept + letters(length - kept.length)
      },
    }
  }
}
