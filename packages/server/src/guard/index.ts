export type { CapturedResponse } from './captured-response.ts'
export { defineIdempotent } from './define-idempotent.ts'
export type { Guarantee, GuaranteeOf, Guard, GuardContext, Guarded, RunHandler } from './guard.ts'
export type { CommonGuardSettings, GuardSettings, Meaning } from './settings.ts'
