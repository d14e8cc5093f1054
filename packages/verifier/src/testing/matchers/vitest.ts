import type {} from 'vitest'
import type { CreationMatchers } from './matcher-types.ts'

export { creationMatchers } from './creation-matchers.ts'
export type { CreationMatchers }

// Only types: nothing of vitest is imported when the code runs.
declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is added to with the parameters that it has
  interface Matchers<T = any> extends CreationMatchers {}
}
