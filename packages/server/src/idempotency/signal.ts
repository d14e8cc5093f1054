/**
 * `AbortSignal`, where the compiler knows it by the types of Node or of browsers; otherwise the least of it. Our
 * declarations ask for neither.
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Platform } }
  ? Platform
  : { readonly aborted: boolean; readonly reason: unknown }
