import { Controller, Post } from '@nestjs/common'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { CreateonceModule, Creation } from '../../../src/adapters/nest.ts'
import { type CreateContext, created, defineCreation, type Result } from '../../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../../src/stores/memory.ts'

// Checked by the compiler (npm run types); at run time there are only the declarations.

interface Order {
  readonly id: string
  readonly item: string
}
const settings = {
  operation: 'createOrder',
  input: z.strictObject({ item: z.string() }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/orders/{id}',
} as const
const store = memoryStore()

@Controller()
class Right {
  @Post()
  @Creation(settings)
  withoutContext({ item }: { item: string }): Result<Order> {
    return created({ id: '1', item })
  }

  @Post()
  @Creation({ ...settings, store, location: (row: Order) => `/orders/${row.id}` })
  async withStore(input: { item: string }, context: CreateContext<MemoryTransaction>): Promise<Result<Order>> {
    return created({ id: context.principal, ...input })
  }

  @Post()
  @Creation(settings)
  withStoreOfTheModule(input: { item: string }, { tx }: CreateContext<MemoryTransaction, { user: string }>) {
    tx.insert('order', '1', input)
    return created({ id: '1', ...input })
  }
}

class Wrong {
  // @ts-expect-error The schema gives no quantity.
  @Creation(settings)
  otherInput({ quantity }: { quantity: number }): Result<{ id: number }> {
    return created({ id: quantity })
  }

  // @ts-expect-error A row is no result.
  @Creation(settings)
  noResult({ item }: { item: string }): Order {
    return { id: '1', item }
  }

  // @ts-expect-error The store's transaction is another one.
  @Creation({ ...settings, store })
  otherTransaction({ item }: { item: string }, _: CreateContext<{ prepare(sql: string): void }>): Result<Order> {
    return created({ id: '1', item })
  }

  // @ts-expect-error Location is made of another row.
  @Creation({ ...settings, location: (row: Order) => `/orders/${row.id}` })
  otherRow({ item }: { item: string }): Result<{ serial: number; item: string }> {
    return created({ serial: 1, item })
  }

  // @ts-expect-error The method would never be called.
  @Creation(defineCreation({ ...settings, store, principal: 'anybody', create: () => created({ id: '1' }) }))
  unused({ item }: { item: string }): Result<Order> {
    return created({ id: '1', item })
  }
}

it('compiles what fits together, and nothing else', () => {
  expect([Right, Wrong].map(({ name }) => name)).toEqual(['Right', 'Wrong'])
  // @ts-expect-error A policy is one of three words.
  expect(CreateonceModule.forRoot({ store, idempotency: 'sometimes' }).global).toBe(true)
})
