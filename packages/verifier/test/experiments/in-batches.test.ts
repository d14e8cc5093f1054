import { expect, test } from 'vitest'
import { inBatches } from '../../src/experiments/in-batches.ts'

/** A task that is finished by hand. */
function tasks(): {
  run: (item: number) => Promise<number>
  finish(item: number, error?: Error): void
  begun: number[]
} {
  const open = new Map<number, { resolve(value: number): void; reject(error: Error): void }>()
  const begun: number[] = []
  return {
    begun,
    run: (item) => {
      begun.push(item)
      return new Promise((resolve, reject) => open.set(item, { resolve, reject }))
    },
    finish(item, error) {
      if (error === undefined) open.get(item)?.resolve(item * 10)
      else open.get(item)?.reject(error)
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('does so many at a time, and keeps the order of the items', async () => {
  const { run, finish, begun } = tasks()
  const done = inBatches([1, 2, 3], 2, run)
  finish(2)
  await turn()
  expect(begun).toEqual([1, 2])
  finish(1)
  await turn()
  expect(begun).toEqual([1, 2, 3])
  finish(3)
  expect(await done).toEqual([10, 20, 30])
})

test('fails when one fails, but not before the others of its batch are over', async () => {
  const { run, finish, begun } = tasks()
  let isOver = false
  const done = inBatches([1, 2, 3], 2, run).finally(() => {
    isOver = true
  })
  done.catch(() => {})
  finish(1, new Error('no'))
  await turn()
  expect(isOver).toBe(false)
  finish(2)
  await expect(done).rejects.toThrow('no')
  expect(begun).toEqual([1, 2])
})
