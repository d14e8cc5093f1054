import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createonce, type Running, startCreateonce, temporaryFolder } from './createonce.ts'
import { read, send } from './send.ts'
import { type Listening, listen } from './targets/listen.ts'

const order = { email: 'ada@example.org', lines: [{ title: 'Middlemarch', quantity: 1 }] }
const key = (value: string) => ({ 'Idempotency-Key': value })

describe('a bookshop that is served', () => {
  let shop: Running

  beforeAll(async () => {
    shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
  })
  afterAll(() => shop.stop())

  it('listens where it says', () => {
    expect(shop.url).toMatch(/^http:\/\/localhost:\d+$/)
  })

  it('describes itself, with a policy at every creation', async () => {
    const document = (await send('GET', `${shop.url}/openapi.json`)).json()
    expect(document.openapi).toBe('3.1.0')
    expect(document.paths['/orders'].post['x-creation']).toMatchObject({ duplicates: 'allow', idempotency: 'required' })
    expect(document.paths['/publishers'].post['x-creation'].naturalKey).toEqual(['name'])
  })

  it('tells an orchestrator that it lives and is ready', async () => {
    for (const probe of ['live', 'ready']) {
      const answer = await send('GET', `${shop.url}/health/${probe}`)
      expect([answer.status, answer.json()]).toEqual([200, { status: 'ok' }])
    }
  })

  it('has a page behind the type of a problem', async () => {
    const refused = await send('POST', `${shop.url}/orders`, { body: order })
    expect(refused.status).toBe(400)
    const page = await send('GET', new URL(refused.json().type, shop.url).href)
    expect(page.json()).toMatchObject({ code: 'idempotency-key-missing', status: 400 })
    expect((await send('GET', `${shop.url}/problems/nothing-of-ours`)).status).toBe(404)
  })

  it('logs a line of JSON for a creation, without the key', async () => {
    await send('POST', `${shop.url}/orders`, { body: order, headers: key('never-in-a-log') })
    const output = await shop.said(/creation\.created/)
    const line = output.split('\n').find((text) => text.includes('creation.created'))
    expect(JSON.parse(line!)).toMatchObject({ event: 'creation.created', operation: 'createOrder', status: 201 })
    expect(output).not.toContain('never-in-a-log')
  })
})

describe.concurrent('stopping', () => {
  it('finishes the request that is running at SIGTERM, takes no new one, and ends with 0', async () => {
    const shop = await startCreateonce(['serve', '--port', '0', '--host', '127.0.0.1', '--store', 'memory:'])
    const body = JSON.stringify(order)
    const request = http.request(`${shop.url}/orders`, {
      method: 'POST',
      agent: false,
      headers: {
        ...key('slow'),
        'Content-Type': 'application/json',
        'Content-Length': body.length,
        Expect: '100-continue',
      },
    })
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject)
    })
    request.flushHeaders()
    await new Promise((resolve) => request.on('continue', resolve))
    request.write(body.slice(0, 10))
    shop.process.kill('SIGTERM')
    await untilRefused(shop.url)
    request.end(body.slice(10))
    expect((await read(await answered)).status).toBe(201)
    expect((await shop.ended).code).toBe(0)
  })

  it('ends with 0 at Ctrl-C too', async () => {
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
    shop.process.kill('SIGINT')
    expect(await shop.ended).toMatchObject({ code: 0, stderr: '' })
  })
})

describe.concurrent('the data', () => {
  const serve = (cwd: string) =>
    startCreateonce(['serve', '--port', '0', '--store', 'sqlite:new/folder/shop.db'], { cwd })

  it('is in a file whose folder is made, and a key is answered from it after a restart', async () => {
    const cwd = temporaryFolder()
    const before = await serve(cwd)
    const first = await send('POST', `${before.url}/orders`, { body: order, headers: key('k1') })
    await before.stop()
    const after = await serve(cwd)
    const again = await send('POST', `${after.url}/orders`, { body: order, headers: key('k1') })
    const list = (await send('GET', `${after.url}/orders`)).json()
    await after.stop()

    expect(first.status).toBe(201)
    expect(first.headers['idempotent-replayed']).toBeUndefined()
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect([again.status, again.headers.location, again.body]).toEqual([201, first.headers.location, first.body])
    expect(list.items).toEqual([first.json()])
  })

  it('is there after SIGKILL, once it has been answered', async () => {
    const cwd = temporaryFolder()
    const before = await serve(cwd)
    const first = await send('POST', `${before.url}/orders`, { body: order, headers: key('k1') })
    before.process.kill('SIGKILL')
    await before.ended
    const after = await serve(cwd)
    const found = await send('GET', new URL(first.headers.location!, after.url).href)
    const again = await send('POST', `${after.url}/orders`, { body: order, headers: key('k1') })
    await after.stop()

    expect([found.status, found.body]).toEqual([200, first.body])
    expect([again.headers['idempotent-replayed'], again.body]).toEqual(['true', first.body])
  })

  it('has one resource for one key, when two servers share the file', async () => {
    const cwd = temporaryFolder()
    const shops = await Promise.all([serve(cwd), serve(cwd)])
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        send('POST', `${shops[n % 2]!.url}/orders`, { body: order, headers: key('shared') }),
      ),
    )
    const list = (await send('GET', `${shops[0].url}/orders`)).json()
    await Promise.all(shops.map((shop) => shop.stop()))

    expect(list.items).toHaveLength(1)
    // 409 is allowed for the attempts that came while the first one was running.
    const created = answers.filter(({ status }) => status !== 409)
    expect(new Set(created.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set([`201 ${JSON.stringify(list.items[0])}`]),
    )
    expect(created.filter(({ headers }) => headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  })

  it('of a temporary store goes with the server', async () => {
    const env = { TMPDIR: temporaryFolder() }
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'], { env })
    await shop.stop()
    expect(() => readFileSync(join(env.TMPDIR, 'data.db'))).toThrow('ENOENT')
  })
})

describe('behind a proxy that strips a prefix', () => {
  let proxy: Listening
  let shop: Running

  beforeAll(async () => {
    proxy = await listen((request, response) => {
      const target = new URL(request.url!.replace(/^\/shop/, ''), shop.url)
      const onward = http.request(target, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(response)
      })
      onward.on('error', () => response.destroy())
      response.on('close', () => onward.destroy())
      request.pipe(onward)
    })
    const publicUrl = `${proxy.url}/shop`
    shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:', '--public-base-url', publicUrl])
  })
  afterAll(async () => {
    await shop.stop()
    await proxy.close()
  })

  it('names every resource by its public address', async () => {
    const answer = await send('POST', `${proxy.url}/shop/orders`, { body: order, headers: key('k') })
    expect(answer.headers.location).toMatch(new RegExp(`^${proxy.url}/shop/orders/`))
    expect((await send('GET', answer.headers.location!)).json()).toEqual(answer.json())
  })

  it('gives the verifier nothing to find', async () => {
    const { code, stdout } = await createonce(['verify', `${proxy.url}/shop/openapi.json`])
    expect(stdout).toContain('no findings')
    expect(code).toBe(0)
  })
})

describe.concurrent('what cannot be served', () => {
  const refused = async (args: readonly string[], cwd = temporaryFolder()): Promise<string> => {
    const { code, stdout, stderr } = await createonce(['serve', '--port', '0', ...args], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    return stderr
  }

  it('a port that is in use: says so, and how to go on', async () => {
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
    const { port } = new URL(shop.url)
    const second = await createonce(['serve', '--port', port, '--store', 'memory:'])
    await shop.stop()
    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toBe(
      `createonce: Port ${port} on localhost is in use. Stop what runs there, choose another with --port N, or let --port 0 pick a free one.\n`,
    )
  })

  it('a folder where the file should be', async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'data'))
    expect(await refused(['--store', 'sqlite:data'], cwd)).toMatch(/^createonce: The SQLite file data cannot be used: /)
  })

  it('a file where the folder should be', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'data'), '')
    expect(await refused(['--store', 'sqlite:data/shop.db'], cwd)).toMatch(
      /^createonce: The folder data cannot be made: there is a file of that name\. /,
    )
  })

  it('a file that is no database, which stays as it is', async () => {
    const cwd = temporaryFolder()
    const text = 'The diary of a developer, long enough to be taken for the first page of a database. '.repeat(10)
    writeFileSync(join(cwd, 'diary.txt'), text)
    expect(await refused(['--store', 'sqlite:diary.txt'], cwd)).toMatch(
      /^createonce: The SQLite file diary\.txt cannot be used: file is not a database\. /,
    )
    expect(readFileSync(join(cwd, 'diary.txt'), 'utf8')).toBe(text)
  })

  it('a store that needs a server: refused without repeating its password', async () => {
    const stderr = await refused(['--store', 'postgres://shop:s3cret@db/shop'])
    expect(stderr).toContain('postgres:// is not in this version of the bookshop')
    expect(stderr).not.toContain('s3cret')
  })

  it.each([
    ['--store', 'redis://localhost', "not 'redis:'"],
    ['--store', 'shop.db', "not 'shop.db'"],
    ['--store', 'sqlite:', 'takes sqlite:FILE, postgres://… or memory:'],
    ['--store', 'sqlite::memory:', '--store memory:'],
    ['--port', '65536', '0 to 65535'],
    ['--port', 'http', '0 to 65535'],
    ['--host', 'no-such-host.invalid', 'no address no-such-host.invalid'],
    ['--public-base-url', 'shop.example', '--public-base-url must be an http or https URL'],
    ['--public-base-url', 'https://shop.example/?a=b', 'query'],
  ])('%s %s', async (option, value, said) => {
    expect(await refused(['--store', 'memory:', option, value])).toContain(said)
  })
})

/** Waits until nobody listens any more: each attempt is answered or refused at once, so nothing sleeps. */
async function untilRefused(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(Number(port), hostname)
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  while (await isOpen());
}
