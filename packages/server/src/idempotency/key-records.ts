import type { Erasure } from './erasure.ts'
import type { KeyName, RecordedAnswer, Released } from './store.ts'

/**
 * Where a key stands. `completed`: it has a recorded answer. `expired`: that answer is past its retention, and means
 * nothing any more. `in-flight`: its owner's lease runs. `blocked`: its owner is gone, and nothing runs until it is
 * released. `abandoned`: its owner is gone, and the next retry takes over. Only leased stores have the last three.
 */
export type KeyState = 'completed' | 'expired' | 'in-flight' | 'blocked' | 'abandoned'

/** What a store knows of a key, without the answer. */
export interface KeyRecord extends KeyName {
  readonly state: KeyState
  readonly fingerprint: string
  /** Since when it is what it is, in milliseconds since the epoch; absent where the store does not keep it. */
  readonly since?: number
  /** Until when the record means anything. */
  readonly expiresAt: number
  /** The status of the recorded answer. */
  readonly status?: number
}

/** The same with the answer, as it was recorded: where it was sealed, it is sealed. */
export interface FullKeyRecord extends KeyRecord {
  readonly answer?: RecordedAnswer
}

/** An operator's way to the records of a store, beside the services that use it. */
export interface KeyRecords {
  readonly name: string
  /**
   * All records, a page at a time, in no promised order: each page is one bounded question, and nothing is held between
   * two. What changes meanwhile may be missed, or seen twice.
   */
  pages(): AsyncIterable<readonly KeyRecord[]>
  find(key: KeyName): Promise<FullKeyRecord | undefined>
  /** Lets an unfinished key go whose owner is gone; the next request with it is executed. */
  release(key: KeyName): Promise<Released>
  /** Deletes at most `limit` records past their retention. */
  purge(limit?: number): Promise<number>
  /** Deletes all finished records of a principal. */
  erase(erasure: Erasure): Promise<number>
  close(): Promise<void>
}
