import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Running, startCreateonce, temporaryFolder } from '../createonce.ts'
import { runCurl } from '../run-curl.ts'

// The guide's first section, run as a reader would run it.
const guide = readFileSync(new URL('../../../../docs/guides/serve/README.md', import.meta.url), 'utf8')
const document = /```yaml\n([\s\S]*?)```/.exec(guide)![1]!
const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'))
const argumentsOf = (command: string) =>
  command
    .replace(/^\s*npx --no-install createonce /, '')
    .replace(/#.*/, '')
    .trim()
    .split(/\s+/)

const folder = temporaryFolder()
let served: Running

beforeAll(async () => {
  writeFileSync(join(folder, 'orders.yaml'), document)
  served = await startCreateonce([...argumentsOf(commands[0]!), '--port', '0'], { cwd: folder })
})
afterAll(() => served.stop())

describe('the guide to serving a document', () => {
  it('shows an order that is created once, however often it is sent with its key, and listed', async () => {
    const [create, list] = commands.slice(1)
    const [first, again] = [await runCurl(create!, served.url), await runCurl(create!, served.url)]
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body])
    expect(first.headers['location']).toBe(`/orders/${JSON.parse(first.body).id}`)
    const all = await runCurl(list!, served.url)
    expect([all.status, JSON.parse(all.body)]).toEqual([200, [JSON.parse(first.body)]])
  })

  it('shows a body that is refused, with a pointer', async () => {
    const { status, body } = await runCurl(commands[3]!, served.url)
    expect([status, JSON.parse(body).errors[0].pointer]).toEqual([400, '/item'])
  })

  it('shows that the verifier finds nothing', async () => {
    const [verify, , ...options] = argumentsOf(commands[4]!)
    const { code, stdout } = await createonce([verify!, served.url, ...options], { cwd: folder })
    expect([code, stdout]).toEqual([0, expect.stringContaining('no findings')])
  })

  it('shows resources to begin with, and a natural key by options', async () => {
    const users = { type: 'object', required: ['name'], properties: { id: { type: 'integer' }, name: {}, email: {} } }
    const content = { 'application/json': { schema: users } }
    const create = (operationId: string) => ({
      operationId,
      requestBody: { required: true, content },
      responses: { 201: { description: 'It', content } },
    })
    const paths = {
      '/users': { post: create('createUser') },
      '/users/{userId}/orders': {
        post: {
          ...create('createOrder'),
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    }
    const shop = { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths }
    writeFileSync(join(folder, 'users.yaml'), JSON.stringify(shop))
    const data = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)][1]![1]!
    writeFileSync(join(folder, 'data.yaml'), data)
    const options = argumentsOf(commands[5]!)
    const other = await startCreateonce([...options, '--data', 'data.yaml', '--store', 'memory:', '--port', '0'], {
      cwd: folder,
    })
    await other.said(/^data: 3 created/m)
    await other.stop()
  })
})
