import { afterEach, beforeEach, describe, it } from 'vitest'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'
import { type ConformanceRow, describeStore } from '../../src/testing/index.ts'

describeStore<MemoryTransaction>(
  {
    name: 'memory',
    async open(time) {
      const store = memoryStore({ time })
      return {
        store,
        insert: (tx, row) => tx.insert('thing', row.id, { ...row }, ['name']),
        rows: async () => store.read.all('thing') as unknown as ConformanceRow[],
        dispose: () => store.close(),
      }
    },
  },
  { afterEach, beforeEach, describe, it },
)
