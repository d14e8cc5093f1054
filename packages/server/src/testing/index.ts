export type { AdapterHarness, Before, Feature, Mounting, OwnAnswer, Served } from './adapter/adapter-harness.ts'
export { describeAdapter } from './adapter-conformance.ts'
export type { ConformanceRow } from './conformance-kit.ts'
export { createGate, type Gate } from './gate.ts'
export {
  type AnyGuard,
  describeGuard,
  type GuardedCall,
  type GuardedReply,
  type GuardHarness,
} from './guard-conformance.ts'
export { describeLeasedStore, type LeasedStoreHarness, type OpenLeasedStore } from './leased-store-conformance.ts'
export { type ManualTime, manualTime } from './manual-time.ts'
export type { Runner } from './runner.ts'
export { describeStore, type OpenStore, type StoreHarness } from './store-conformance.ts'
