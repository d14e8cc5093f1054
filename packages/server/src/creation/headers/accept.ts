import { isToken, parseParameter, splitOutsideQuotes } from './field-syntax.ts'

/** One element of `Accept`: a range, how much it is wanted (0 to 1), and whether it asks for parameters. */
interface MediaRange {
  readonly type: string
  readonly subtype: string
  readonly hasParameters: boolean
  readonly weight: number
}

// RFC 9110 §12.4.2.
const WEIGHT = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/

function parseRange(element: string): MediaRange | undefined {
  const [range, ...rest] = splitOutsideQuotes(element, ';')
  const [type, subtype, more] = range!.toLowerCase().split('/')
  if (type === undefined || subtype === undefined || more !== undefined) return undefined
  if (!isToken(type) || !isToken(subtype) || (type === '*' && subtype !== '*')) return undefined
  let hasParameters = false
  for (const part of rest) {
    if (part === '') continue
    const parameter = parseParameter(part)
    if (parameter?.value === undefined) return undefined
    if (parameter.name === 'q') {
      // What follows the weight is no parameter of the media type (RFC 7231's accept-ext, gone since RFC 9110).
      return WEIGHT.test(parameter.value)
        ? { type, subtype, hasParameters, weight: Number(parameter.value) }
        : undefined
    }
    if (!(parameter.name === 'charset' && /^utf-?8$/i.test(parameter.value))) hasParameters = true
  }
  return { type, subtype, hasParameters, weight: 1 }
}

/** The ranges of a header; undefined if one of them is malformed. */
function parseRanges(header: string): readonly MediaRange[] | undefined {
  const ranges: MediaRange[] = []
  for (const element of splitOutsideQuotes(header, ',')) {
    if (element === '') continue
    const range = parseRange(element)
    if (range === undefined) return undefined
    ranges.push(range)
  }
  return ranges
}

/**
 * How closely a range names a type; 0 if it does not. A range with parameters that our types do not have names them less
 * closely than one without, but is not turned away: 406 for a `version=1` would help nobody.
 */
function precision(range: MediaRange, type: string, subtype: string): number {
  if (range.type === '*') return 1
  if (range.type !== type) return 0
  if (range.subtype === '*') return 2
  if (range.subtype !== subtype) return 0
  return range.hasParameters ? 3 : 4
}

function weightOf(mediaType: string, ranges: readonly MediaRange[]): number {
  const [type, subtype] = mediaType.split('/')
  let closest = 0
  let weight = 0
  for (const range of ranges) {
    const close = precision(range, type!, subtype!)
    if (close > closest || (close === closest && range.weight > weight)) {
      closest = close
      weight = close === 0 ? 0 : range.weight
    }
  }
  return weight
}

/**
 * True if `Accept` allows at least one of the media types (lower case, without parameters), by RFC 9110 §12.5.1: the most
 * precise range decides, and a weight of 0 excludes. A header that is absent, empty or malformed allows everything.
 */
export function accepts(acceptHeader: string | undefined, mediaTypes: readonly string[]): boolean {
  if (acceptHeader === undefined || acceptHeader === '*/*' || mediaTypes.includes(acceptHeader)) return true
  // What HTTP clients send by default, such as `application/json, text/plain, */*`: without weights, being named is enough.
  if (!acceptHeader.includes(';') && mediaTypes.some((type) => acceptHeader.startsWith(`${type},`))) return true
  const ranges = parseRanges(acceptHeader)
  if (ranges === undefined || ranges.length === 0) return true
  return mediaTypes.some((mediaType) => weightOf(mediaType, ranges) > 0)
}

/**
 * The media type that `Accept` wants most; of equals the first, which is also what a header gets that is absent, malformed,
 * or wants none of them (RFC 9110 §12.4.1 allows disregarding it).
 */
export function preferred<Type extends string>(
  acceptHeader: string | undefined,
  [standard, ...others]: readonly [Type, ...Type[]],
): Type {
  const ranges = parseRanges(acceptHeader ?? '') ?? []
  let [best, most] = [standard, weightOf(standard, ranges)]
  for (const type of others) {
    const weight = weightOf(type, ranges)
    if (weight > most) [best, most] = [type, weight]
  }
  return best
}
