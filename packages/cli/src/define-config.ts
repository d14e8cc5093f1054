// The entry `createonce/config`, for a configuration in TypeScript or JavaScript.
export type * from './config/config.ts'
export { defineConfig } from './config/config.ts'
