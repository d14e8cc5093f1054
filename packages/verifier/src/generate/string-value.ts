import { compileSchema } from '../target/compile-schema.ts'
import { lenientRegExp } from '../target/lenient-reg-exp.ts'
import type { JsonSchema } from '../target/target.ts'
import { DIGITS, type Fresh } from './fresh.ts'
import { isReferenceName } from './is-reference-name.ts'
import { stringForFormat } from './string-for-format.ts'
import { stringFromPattern } from './string-from-pattern.ts'
import { hasClosedVocabulary, isPastByName, stringsForName } from './strings-for-name.ts'

// How far open quantifiers are drawn out, until the length fits.
const REACHES = [3, 6, 1, 0, 10, 2, 16, 30, 60, 120, 250]

/** A fresh string that a schema accepts, as plausible as can be; undefined where none could be made. */
export function stringValue(
  schema: JsonSchema,
  name: string,
  fresh: Fresh,
  { hint, unique = false }: { readonly hint?: unknown; readonly unique?: boolean } = {},
): string | undefined {
  const judge = fits(schema)
  for (const candidate of candidates(schema, name, fresh, hint, unique)) {
    if (candidate !== undefined && judge(candidate)) return candidate
  }
  return undefined
}

/** From the most to the least telling source; the caller takes the first that fits. */
function* candidates(
  schema: JsonSchema,
  name: string,
  fresh: Fresh,
  hint: unknown,
  unique: boolean,
): Generator<string | undefined> {
  const { minLength, maxLength, pattern, contentEncoding } = schema as Limits
  const format = typeof schema['format'] === 'string' ? schema['format'] : undefined
  const past = isPastByName(name)
  // The example of a reference names a resource that is there; a new value would name none.
  if (typeof hint === 'string' && isReferenceName(name) && !unique) yield hint
  // The target may listen there or call it: another address is nobody's, or somebody else's.
  if (typeof hint === 'string' && ADDRESS.test(hint) && !unique) yield hint
  if (format !== undefined) {
    yield stringForFormat(format, fresh, past)
    yield stringForFormat(format, fresh, past)
  }
  if (contentEncoding === 'base64') yield stringForFormat('byte', fresh)
  if (typeof hint === 'string') yield* fromHint(hint, name, fresh, past, unique, pattern !== undefined)
  if (!unique || !hasClosedVocabulary(name)) yield* stringsForName(name, fresh)
  yield freeText(fresh, minLength ?? 0, maxLength ?? Number.POSITIVE_INFINITY)
  if (pattern !== undefined) {
    for (const reach of REACHES) {
      yield fresh.unseen(() => stringFromPattern(pattern, fresh, reach))
      yield stringFromPattern(pattern, fresh, reach)
    }
    // With one open quantifier, as most patterns have, the missing length is its reach.
    const shortest = stringFromPattern(pattern, fresh, 0).length
    for (const length of [minLength, maxLength]) {
      if (length !== undefined && length > shortest) yield stringFromPattern(pattern, fresh, length - shortest)
    }
  }
  if (typeof hint === 'string') yield hint
  yield fresh.token(Math.min(Math.max(minLength ?? 1, 1), maxLength ?? 8))
  yield ''
}

interface Limits {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly contentEncoding?: unknown
}

/** The marker where it has room, else as many unique characters as are allowed. */
function freeText(fresh: Fresh, minLength: number, maxLength: number): string {
  const text = fresh.text()
  if (text.length > maxLength) return fresh.token(Math.max(Math.min(maxLength, 16), minLength))
  return text.length >= minLength ? text : `${text}-${fresh.token(minLength - text.length - 1 || 1)}`
}

/** An example shows a shape that the schema does not tell: a date, a number in text, a word of a closed list. */
function* fromHint(
  hint: string,
  name: string,
  fresh: Fresh,
  past: boolean,
  unique: boolean,
  patterned: boolean,
): Generator<string | undefined> {
  const shape = SHAPES.find(([pattern]) => pattern.test(hint))?.[1]
  if (shape !== undefined) yield stringForFormat(shape, fresh, past)
  // Up to three capitals are a code of some register: EUR, DE, KG.
  const isCode = /^[A-Z]{1,3}$/.test(hint) || /^[a-z]{2}([-_][A-Z]{2})?$/.test(hint)
  if (!unique && (hasClosedVocabulary(name) || isCode)) yield hint
  // Three digits give a thousand variations; fewer would soon repeat themselves.
  if (/^\S*\d\S*\d\S*\d\S*$/.test(hint) && !/[A-Za-z]{6}/.test(hint)) {
    yield fresh.unseen(() => varyDigits(hint, fresh))
  }
  // Without digits it would be the same text every time.
  if (patterned && /\d/.test(hint)) yield fresh.unseen(() => varyDigits(hint, fresh))
}

// A host or an IP address with a port.
const ADDRESS = /^(localhost|[\w-]+(\.[\w-]+)+|\[[0-9a-f:.]+\]):\d{1,5}$/i

const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^[^@\s]+@[^@\s]+\.[a-z]+$/i, 'email'],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 'uuid'],
  [/^\d{4}-\d\d-\d\d$/, 'date'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'date-time'],
  [/^\d\d:\d\d:\d\d$/, 'iso-time'],
  [/^https?:\/\//, 'uri'],
  [/^\d{1,3}(\.\d{1,3}){3}$/, 'ipv4'],
  [/^\+\d[\d ()-]{6,}$/, 'phone'],
  [/^#[0-9a-f]{6}$/i, 'color'],
]

function varyDigits(hint: string, fresh: Fresh): string {
  const count = hint.replace(/\D/g, '').length
  const digits = fresh.token(count, DIGITS)
  let at = 0
  // A leading digit stays, so that no zero comes to the front and no area code changes.
  return hint.replace(/\d/g, (digit) => (at++ === 0 && count > 3 ? digit : (digits[at - 1] as string)))
}

const formats = new Map<string, (value: unknown) => boolean>()

/** The oracle for one string schema, without compiling it: most candidates are asked about once. */
function fits(schema: JsonSchema): (value: string) => boolean {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema as Limits
  const expression = pattern === undefined ? undefined : lenientRegExp(pattern, 'u')
  const format = typeof schema['format'] === 'string' ? formatJudge(schema['format']) : undefined
  return (value) => {
    const length = [...value].length
    if (length < minLength || length > maxLength) return false
    return (expression?.test(value) ?? true) && (format?.(value) ?? true)
  }
}

function formatJudge(format: string): (value: unknown) => boolean {
  let judge = formats.get(format)
  if (judge === undefined) {
    judge = compileSchema({ type: 'string', format }).accepts
    formats.set(format, judge)
  }
  return judge
}
