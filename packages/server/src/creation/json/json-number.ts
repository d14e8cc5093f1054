/** A number token's exact value: `sign` × `digits` × 10^`exponent`, digits without outer zeros (`''` for zero). */
interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/**
 * The most digits of a token that is plain without being compared: a double holds every decimal of 15 significant digits
 * apart from every other (DBL_DIG of C), as long as no exponent leads into the range of subnormal numbers.
 */
export const ALWAYS_PLAIN_DIGITS = 15

/**
 * The most digits of an exponent. A longer one leads to Infinity or to zero whatever the mantissa of a body that fits
 * into memory says, and exponents up to here can be added without losing digits.
 */
const MAX_EXPONENT_DIGITS = 9

const ZERO = 0x30
const NINE = 0x39

function decimalOf(token: string): Decimal {
  const negative = token.startsWith('-')
  const e = Math.max(token.indexOf('e'), token.indexOf('E'))
  const mantissa = token.slice(negative ? 1 : 0, e < 0 ? undefined : e)
  const point = mantissa.indexOf('.')
  const all = point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1)
  let first = 0
  while (first < all.length && all.charCodeAt(first) === ZERO) first++
  if (first === all.length) return { negative: false, digits: '', exponent: 0 }
  let end = all.length
  while (all.charCodeAt(end - 1) === ZERO) end--
  const exponent = (e < 0 ? 0 : Number(token.slice(e + 1))) - (point < 0 ? 0 : mantissa.length - point - 1)
  return { negative, digits: all.slice(first, end), exponent: exponent + all.length - end }
}

/** True if writing the token's double the ECMAScript way (RFC 8785 §3.2.2.3) gives a number of exactly the same value. */
export function isPlainNumber(token: string): boolean {
  const double = Number(token)
  const written = String(double)
  if (written === token) return true
  if (!Number.isFinite(double)) return false
  // The two differ by a rounding at most, never in sign or magnitude: equal digits are equal values.
  return decimalOf(token).digits === decimalOf(written).digits
}

/**
 * A number token that a double cannot repeat, in a form that is equal for equal values only: the digits without outer
 * zeros, then `e` and the power of ten unless it is zero; `9007199254740993.0` is `9007199254740993`.
 */
export function exactNumber(token: string): string {
  const { negative, digits, exponent } = decimalOf(token)
  return `${negative ? '-' : ''}${digits}${exponent === 0 ? '' : `e${exponent}`}`
}

/** True if the exact value of a number token has no fraction. */
export function isIntegerToken(token: string): boolean {
  return decimalOf(token).exponent >= 0
}

/** What is wrong with a number token that the grammar allows, or undefined. */
export function numberFault(token: string): string | undefined {
  const double = Number(token)
  if (!Number.isFinite(double)) return 'The number is too large: it overflows a double'
  if (double !== 0) return undefined
  const { digits } = decimalOf(token)
  if (digits === '') return undefined
  const e = Math.max(token.indexOf('e'), token.indexOf('E'))
  let exponentDigits = token.length
  for (let i = e + 1; i < token.length; i++) {
    const code = token.charCodeAt(i)
    if (code > ZERO && code <= NINE) {
      exponentDigits = token.length - i
      break
    }
  }
  return e >= 0 && exponentDigits > MAX_EXPONENT_DIGITS
    ? 'The number is too small: its exponent has too many digits'
    : undefined
}
