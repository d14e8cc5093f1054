/** One way in which the API of notes leaves something wrong behind when it is killed, and who must notice. */
export interface CrashFlaw {
  readonly way: string
  readonly check: string
  readonly level: 'error' | 'note'
}

/** Every flaw that only a crash shows; the ways are those of `notes-process.mjs`. */
export const crashFlaws: readonly CrashFlaw[] = [
  { way: 'acknowledges from memory', check: 'created-survives-crash', level: 'error' },
  { way: 'acknowledges from memory, without keys', check: 'created-survives-crash', level: 'error' },
  { way: 'keeps keys in memory', check: 'created-survives-crash', level: 'error' },
  { way: 'writes the row, then the key', check: 'crash-no-duplicate', level: 'error' },
  { way: 'writes the key, then the row', check: 'idem-no-lost-effect', level: 'error' },
  // It may be a lease: what only takes its time is no more than a note.
  { way: 'claims the key for ever', check: 'idem-no-lost-effect', level: 'note' },
]
