import type { HeaderLine } from '../exchange/exchange.ts'

/** Something that the run made in the target. */
export interface Made {
  readonly creation: string
  /** Where it can be deleted; absent when the target never said where it is. */
  readonly url?: string
  /** How deep below parents it lies; the deepest go first when cleaning up. */
  readonly depth: number
  /** The exchange that made it. */
  readonly exchange: number
  /** True when the document says how to delete it and the target said which one it is. */
  readonly removable: boolean
  /** What must be seen in it before it is deleted, where only Location says which one it is. */
  readonly proof?: ReadonlySet<string>
  /** The header lines of whoever made it, where that is another principal than the run's. */
  readonly principal?: readonly HeaderLine[]
}

/** Everything that the run made, each thing once. */
export interface Ledger {
  add(made: Made): void
  readonly made: readonly Made[]
}

/** Makes an empty ledger. */
export function createLedger(): Ledger {
  const byPlace = new Map<string, Made>()
  return {
    add: (made) => {
      const place = made.url ?? `exchange ${made.exchange}`
      // Where it is, and how to delete it, may only be found out later.
      if (made.url !== undefined) byPlace.delete(`exchange ${made.exchange}`)
      if (byPlace.get(place)?.removable !== true) byPlace.set(place, made)
    },
    get made() {
      return [...byPlace.values()]
    },
  }
}
