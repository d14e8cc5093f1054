/** A stored thing. */
export type Thing = Record<string, unknown>

/** Every decision of the service that a fault can change. */
export interface PutDecisions {
  /** The status of a PUT, where the usual one is right. */
  status(usual: number, what: 'created' | 'replaced'): number
  /** What becomes of `If-None-Match: *`: looked at, or not; answered with a status where something is there. */
  heedsStar(): boolean
  starStatus(): number
  /** Whether the star is compared with tags, of which none is equal to it. */
  starIsATag(): boolean
  replacesAllTheSame(): boolean
  validates(): boolean
  invalidStatus(usual: number): number
  storesRefused(): boolean
  malformed(): 'refuse' | 'crash' | 'take'
  mediaType(type: string): boolean
  /** What is stored of what was sent; undefined loses it. */
  stores(input: Thing): Thing | undefined
  /** What the answer to a PUT shows. */
  answers(thing: Thing, input: Thing): Thing
  location(path: string): string | undefined
  /** Whether the answer to a PUT has a tag, though something was added. */
  tagsPut(): boolean
  /** What a PUT is answered that lacks a condition. */
  demandedStatus(usual: number): number
  /** Whether conditions are looked at before anything else. */
  conditionFirst(): boolean
  lists(things: readonly Thing[]): readonly Thing[]
  takesServerMembers(): boolean
  keepsUnknown(): boolean
  parentNeeded(): boolean
  refusesPreference(): boolean
  refusesAcceptAfter(): boolean
  /** Whether the table is read, added to and written back, with time between. */
  losesUpdates(): boolean
  error(code: string): Thing
  /** What a POST does with an id that exists. */
  postWithKnownId(): 'refuse' | 'overwrite' | 'overwrite and refuse'
}

/** The right decisions. */
export const rightly: PutDecisions = {
  status: (usual) => usual,
  heedsStar: () => true,
  starStatus: () => 412,
  starIsATag: () => false,
  replacesAllTheSame: () => false,
  validates: () => true,
  invalidStatus: (usual) => usual,
  storesRefused: () => false,
  malformed: () => 'refuse',
  mediaType: (type) => type === 'application/json',
  stores: (input) => input,
  answers: (thing) => thing,
  location: (path) => path,
  tagsPut: () => false,
  demandedStatus: (usual) => usual,
  conditionFirst: () => false,
  lists: (things) => things,
  takesServerMembers: () => false,
  keepsUnknown: () => false,
  parentNeeded: () => true,
  refusesPreference: () => false,
  refusesAcceptAfter: () => false,
  losesUpdates: () => false,
  error: (code) => ({ type: 'about:blank', title: code }),
  postWithKnownId: () => 'refuse',
}
