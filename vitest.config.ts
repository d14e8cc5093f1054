import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    // By default one core is left idle, which is half of a small machine; much of the time a test waits for a process.
    maxWorkers: Math.max(2, availableParallelism()),
    // Processes and databases are started in tests, and a busy machine may take ten times as long as an idle one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
