/** What a document may at most be; beyond it is an error that says so, and never a stack or a memory that is used up. */
export const DOCUMENT_LIMITS = {
  /** The largest public documents (GitHub, Stripe, Microsoft Graph) have 5 to 30 MB. */
  bytes: 33_554_432,
  /** Real documents have up to about 40 levels; what reads them later recurses by level. */
  depth: 200,
  /** Real documents have a handful of aliases; a YAML bomb needs thousands to grow. */
  aliases: 1000,
  /** Members that the merge keys (`<<`) of YAML copy; real documents copy a few hundred. */
  mergedMembers: 100_000,
} as const
