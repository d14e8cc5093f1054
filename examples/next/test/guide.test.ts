import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

it('is shown by its guide word for word', async () => {
  const page = await readFile(new URL('../../../docs/guides/adapters/next.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)]
  expect(blocks.map(([, name]) => name)).toEqual([
    'app/orders/route.js',
    'create-order.js',
    'store.js',
    'next.config.js',
  ])
  for (const [, name, block] of blocks) {
    expect(block).toBe(await readFile(new URL(`../${name}`, import.meta.url), 'utf8'))
  }
})
