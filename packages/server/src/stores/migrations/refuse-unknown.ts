/** What a database says of its newest change. */
export interface SchemaFound {
  /** Its number; 0 where there is none yet. */
  readonly latest: number
  /** The smallest schema that a version must know to work with it; absent before this was written down. */
  readonly worksWith: number | undefined
}

/**
 * Whether a version that knows `known` changes may work with a database. One that a newer version has expanded is
 * worked with, so that both run side by side and the older one can come back; one that was contracted is refused,
 * because nobody knows today what it has not any more. Throws what to do.
 */
export function refuseUnknown({ latest, worksWith = latest }: SchemaFound, known: number): void {
  if (latest <= known || worksWith <= known) return
  throw new Error(
    `The database has schema ${latest} of Createonce, but this version knows only ${known}: a newer version has migrated it. Update @createonce/server.`,
  )
}
