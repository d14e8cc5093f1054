// Under vitest on Bun the name `z` of zod is undefined; the namespace is the same.
import * as z from 'zod'
import { type Creation, created, defineCreation } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

/** A creation with nothing special, for what is special about an adapter. */
export function createNotes<Native>(): { readonly creation: Creation<Native>; close(): Promise<void> } {
  const store = memoryStore()
  let serial = 0
  const creation = defineCreation({
    operation: 'createNote',
    store,
    principal: 'anybody',
    input: z.strictObject({ text: z.string(), size: z.number().optional() }),
    create: (input) => created({ id: ++serial, ...input }),
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/notes/{id}',
    maxBodyBytes: 1_024,
  })
  return { creation, close: () => store.close() }
}
