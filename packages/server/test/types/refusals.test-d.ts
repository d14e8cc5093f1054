import { z } from 'zod'
import { created, defineCreation, type LeasedStore, type ServerSet } from '../../src/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'

// What must not compile; read by the compiler alone (npm run types). More stands in creation/define-creation-types.test.ts.

const input = z.strictObject({ name: z.string(), note: z.string().optional() })
const thing = { id: '1', name: 'tea', madeAt: 5 }
const rest = {
  operation: 'createThing',
  store: memoryStore(),
  principal: 'anybody',
  input,
  create: () => created(thing),
  duplicates: 'allow',
  idempotency: 'off',
  location: '/things/{id}',
} as const
declare const leased: LeasedStore<undefined>

// A natural key is of members of the row or of the input.
defineCreation({ ...rest, duplicates: { policy: 'reject', naturalKey: ['name', 'madeAt', 'note'] } })
// @ts-expect-error Neither has a member of this name.
defineCreation({ ...rest, duplicates: { policy: 'reject', naturalKey: ['nome'] } })
defineCreation({
  ...rest,
  // @ts-expect-error The other policy is no different.
  duplicates: { policy: 'return-existing', naturalKey: ['nome'], find: () => thing },
})
// @ts-expect-error What exists cannot be found without find.
defineCreation({ ...rest, duplicates: { policy: 'return-existing', naturalKey: ['name'] } })
// @ts-expect-error What is found must be a row.
defineCreation({ ...rest, duplicates: { policy: 'reject', naturalKey: ['name'], find: () => ({ id: 1 }) } })

// What the server sets is nothing that the schema takes.
defineCreation({ ...rest, serverSet: ['id', 'madeAt'] })
defineCreation({ ...rest, serverSet: { members: ['id'], policy: 'strip' } })
defineCreation({ ...rest, serverSet: ['id'] as readonly string[] })
defineCreation({ ...rest, serverSet: { members: ['id'] } as ServerSet })
defineCreation({ ...rest, input: z.looseObject({ name: z.string() }), serverSet: ['id'] })
// @ts-expect-error The schema takes a name from the client.
defineCreation({ ...rest, serverSet: ['id', 'name'] })
// @ts-expect-error The schema takes a note from the client.
defineCreation({ ...rest, serverSet: { members: ['note'], policy: 'strip' } })
// A default or a transform of the schema may set it: what counts is what the client may send.
const setting = z.strictObject({ name: z.string() }).transform((sent) => ({ ...sent, id: '1' }))
defineCreation({ ...rest, input: setting, create: (value) => created(value), serverSet: ['id'] })
// @ts-expect-error There is no such policy.
defineCreation({ ...rest, serverSet: { members: ['id'], policy: 'ignore' } })

// One way of writing a creation.
const insert = { table: 'thing', values: () => thing }
// @ts-expect-error There is create already.
defineCreation({ ...rest, insert })
// @ts-expect-error There is neither.
defineCreation({ ...rest, create: undefined })

// A crash leaves a choice over a leased store, and only there.
defineCreation({ ...rest, store: leased, onCrash: 'rerun' })
// @ts-expect-error The choice is missing.
defineCreation({ ...rest, store: leased })
// @ts-expect-error There is nothing to choose.
defineCreation({ ...rest, onCrash: 'rerun' })
// @ts-expect-error A leased store has no declared rows.
defineCreation({ ...rest, store: leased, onCrash: 'block', create: undefined, insert })

// The row is known wherever it is used.
// @ts-expect-error It has no such member.
defineCreation({ ...rest, represent: (row) => row.uuid })
// @ts-expect-error An ETag is text.
defineCreation({ ...rest, etag: (row) => row.madeAt })
