import type {} from 'expect'
import type { CreationMatchers } from './matcher-types.ts'

export { creationMatchers } from './creation-matchers.ts'
export type { CreationMatchers }

// Only types: nothing of jest is imported when the code runs. `expect` is where @jest/globals has its matchers from.
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends CreationMatchers {}
}

// The globals, as @types/jest declares them.
declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: an interface is added to with the parameters that it has
    interface Matchers<R, T = {}> extends CreationMatchers {}
  }
}
