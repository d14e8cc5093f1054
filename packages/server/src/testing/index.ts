export { createGate, type Gate } from './gate.ts'
export { type ManualTime, manualTime } from './manual-time.ts'
export type { Runner } from './runner.ts'
export { type ConformanceRow, describeStore, type OpenStore, type StoreHarness } from './store-conformance.ts'
