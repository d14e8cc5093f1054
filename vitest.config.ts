import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // Processes and databases are started in tests; two cores are shared by the files that run beside each other.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
