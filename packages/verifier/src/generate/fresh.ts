/** What a fresh source of values starts from, beside the seed. */
export interface FreshOptions {
  /**
   * Keeps the unique values of two runs with one seed apart, where the target still has what the first run created.
   * The shape of the values depends on the seed alone.
   * @default ''
   */
  readonly salt?: string
  /** The moment that generated dates are chosen around. @default 2030-01-01T00:00:00Z */
  readonly now?: Date
}

/** A seeded source of values of which each is handed out once in a run. */
export interface Fresh {
  readonly seed: number | string
  /** Begins every free text, so that what the verifier created can be found and removed. */
  readonly marker: string
  readonly now: Date
  /** The next pseudo-random number, 0 ≤ x < 1; not unique. */
  readonly random: () => number
  /** A unique string of exactly this many characters, as long as the alphabet has any left. */
  readonly token: (length: number, alphabet?: string) => string
  /** A unique free text that begins with the marker. */
  readonly text: () => string
  /** A unique integer between both limits, inclusive, as long as there are any left. */
  readonly integer: (minimum: number, maximum: number) => number
  /** A unique UUID of version 4. */
  readonly uuid: () => string
  /** Calls `make` until it returns what was not handed out before; the last try is returned in any case. */
  readonly unseen: (make: () => string) => string
}

export const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
export const DIGITS = '0123456789'
const ALPHANUMERIC = DIGITS + LETTERS

// Today would make a seed give other values tomorrow. Far enough ahead for "must be in the future" for some years.
const DEFAULT_NOW = '2030-01-01T00:00:00Z'
// A Mersenne prime, so that stepping by it visits every value once; large, so that neighbours look nothing alike.
const STEP = 2_305_843_009_213_693_951n
// Enough tries to tell bad luck from a set that is used up.
const TRIES = 50

/**
 * Creates a source of fresh values. The same seed (and salt) gives the same values in the same order.
 *
 * @example
 * const fresh = createFresh(42)
 * fresh.text() // 'createonce-42-…'
 */
export function createFresh(seed: number | string, options: FreshOptions = {}): Fresh {
  const random = createRandom(`${seed}`)
  const offset = createRandom(`${seed}/${options.salt ?? ''}`)
  const counters = new Map<string, { start: bigint; next: bigint }>()
  const handedOut = new Set<string>()
  const marker = `createonce-${String(seed).replace(/[^A-Za-z0-9]/g, '') || '0'}`

  /** Walks through 0 … size-1 in a scattered order without repeating itself. */
  function step(space: string, size: bigint): bigint {
    let counter = counters.get(space)
    if (counter === undefined) {
      counter = { start: BigInt(Math.floor(offset() * Number.MAX_SAFE_INTEGER)), next: 0n }
      counters.set(space, counter)
    }
    const stride = gcd(STEP, size) === 1n ? STEP : 1n
    const value = (counter.start + counter.next * stride) % size
    counter.next += 1n
    return value
  }

  function token(length: number, alphabet: string = ALPHANUMERIC): string {
    const base = BigInt(alphabet.length)
    return unseen(() => {
      let rest = step(`token ${length} ${alphabet}`, base ** BigInt(Math.max(length, 0)))
      let text = ''
      for (let i = 0; i < length; i++) {
        text = alphabet[Number(rest % base)] + text
        rest /= base
      }
      return text
    })
  }

  function unseen(make: () => string): string {
    let value = make()
    for (let n = 0; n < TRIES && handedOut.has(value); n++) value = make()
    handedOut.add(value)
    return value
  }

  return {
    seed,
    marker,
    now: options.now ?? new Date(DEFAULT_NOW),
    random,
    token,
    unseen,
    text: () => `${marker}-${token(8)}`,
    integer: (minimum, maximum) => {
      const size = BigInt(Math.floor(maximum)) - BigInt(Math.ceil(minimum)) + 1n
      if (size <= 1n) return Math.ceil(minimum)
      return Math.ceil(minimum) + Number(step(`integer ${minimum} ${maximum}`, size))
    },
    uuid: () => {
      const hex = token(30, '0123456789abcdef')
      const variant = '89ab'[Math.floor(random() * 4)]
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`
    },
  }
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b)
}

/** Mulberry32, seeded by FNV-1a of the text: small, fast, and the same everywhere. */
function createRandom(text: string): () => number {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) as number), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
