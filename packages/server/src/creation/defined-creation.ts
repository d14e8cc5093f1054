import type { Creation } from './creation.ts'

/** What a store promises: rows and record in one transaction, or records only. */
export type StoreGuarantee = 'transactional' | 'leased'

/** Where a creation keeps its settings, for entries that make another creation of it. */
export const SETTINGS: unique symbol = Symbol('createonce.settings')

/** A creation as it was defined; adapters need less. */
export interface DefinedCreation<Native = unknown, Guarantee extends StoreGuarantee = StoreGuarantee>
  extends Creation<Native> {
  /** What its store promises. */
  readonly guarantee: Guarantee
  readonly [SETTINGS]: unknown
}
