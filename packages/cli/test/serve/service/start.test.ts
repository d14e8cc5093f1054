import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createonce, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'
import { customer, serveShop, shopFolder } from './serve-shop.ts'

const DATA = {
  '/customers': [customer('Ada'), customer('Bob')],
  '/customers/1/addresses': [{ street: 'Main' }],
}

function start(cwd: string, ...args: string[]) {
  return createonce(['serve', 'openapi.yaml', '--port', '0', ...args], { cwd })
}

describe('initial data', () => {
  it('is created once, in the order of the file, and left alone at the next start', async () => {
    const cwd = shopFolder()
    writeFileSync(join(cwd, 'data.json'), JSON.stringify(DATA))
    const first = await serveShop(cwd, ['--data', 'data.json'])
    expect(await first.said(/^data: .*$/m)).toContain('data: 3 created')
    expect((await send('DELETE', `${first.url}/customers/2`)).status).toBe(204)
    await first.stop()
    const second = await serveShop(cwd, ['--data', 'data.json'])
    const list = await send('GET', `${second.url}/customers`)
    const addresses = await send('GET', `${second.url}/customers/1/addresses`)
    const { stdout } = await second.stop()
    expect(stdout).toContain('data: 0 created; /customers has some already; /customers/1/addresses has some already')
    expect(list.json().map(({ name }: { name: string }) => name)).toEqual(['Ada'])
    expect(addresses.json()).toHaveLength(1)
  })

  it('with a fault is refused with its place, and nothing of the collection is created', async () => {
    const cwd = shopFolder()
    writeFileSync(join(cwd, 'data.json'), JSON.stringify({ '/customers': [customer('Ada'), { name: '' }] }))
    const { code, stderr } = await start(cwd, '--data', 'data.json')
    expect([code, stderr]).toEqual([2, expect.stringMatching(/The data for \/customers is refused.*\/1\/name /s)])
    const service = await serveShop(cwd)
    expect((await send('GET', `${service.url}/customers`)).json()).toEqual([])
    await service.stop()
  })
})

describe('what cannot be started is told in a sentence, with exit code 2', () => {
  it('a port that is in use', async () => {
    const service = await serveShop()
    const port = new URL(service.url).port
    const { code, stderr } = await createonce(
      ['serve', 'openapi.yaml', '--port', port, '--host', '127.0.0.1', '--store', 'memory:'],
      { cwd: shopFolder() },
    )
    await service.stop()
    expect(code).toBe(2)
    expect(stderr).toBe(
      `createonce: Port ${port} on 127.0.0.1 is in use. Stop what runs there, choose another with --port N, or let --port 0 pick a free one.\n`,
    )
  })

  it('an option that nobody knows', async () => {
    const { code, stderr } = await start(shopFolder(), '--nonsense')
    expect([code, stderr]).toEqual([2, expect.stringContaining("unknown option '--nonsense'")])
  })

  it.each([
    ['no YAML', 'openapi: 3.1.0\npaths:\n  /a: [\n', /neither JSON nor YAML: .* at line 4/],
    ['no OpenAPI document', 'title: Shop\n', /OpenAPI/],
    ['not there', undefined, /nothing\.yaml/],
  ])('a document that is %s', async (_, text, message) => {
    const cwd = temporaryFolder()
    if (text !== undefined) writeFileSync(join(cwd, 'nothing.yaml'), text)
    const { code, stdout, stderr } = await createonce(['serve', 'nothing.yaml', '--port', '0'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/ {4}at /)
  })
})
