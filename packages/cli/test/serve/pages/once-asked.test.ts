import { expect, it } from 'vitest'
import { onceAsked } from '../../../src/serve/pages/once-asked.ts'

it('what is made when it is asked for is made once, however many ask at a time', async () => {
  let made = 0
  const ask = onceAsked(async () => {
    made += 1
    return made
  })
  expect(made).toBe(0)
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
  expect(await ask()).toBe(1)
})

it('what failed is tried again', async () => {
  let tried = 0
  const ask = onceAsked(async () => {
    tried += 1
    if (tried === 1) throw new Error('not yet')
    return 'made'
  })
  await expect(ask()).rejects.toThrow('not yet')
  expect(await ask()).toBe('made')
})
