import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { harProblems } from '../../../../verifier/test/report/schemas.ts'
import { addRecording } from '../../../src/serve/conditions/record/add-recording.ts'
import { openRecording } from '../../../src/serve/conditions/record/open-recording.ts'
import { createonce, startCreateonce, temporaryFolder } from '../../createonce.ts'
import { send } from '../../send.ts'
import { order, startShop } from './start-shop.ts'

// biome-ignore lint/suspicious/noExplicitAny: the shape is judged by the schema of HAR.
type Entry = any

function entriesOf(file: string): Entry[] {
  return JSON.parse(readFileSync(file, 'utf8')).log.entries
}

const newFile = () => join(temporaryFolder(), 'traffic.har')

describe('a recording', () => {
  it('is an HTTP Archive of the exchanges as they were', async () => {
    const record = newFile()
    const shop = await startShop({ record })
    const headers = { 'Idempotency-Key': 'k1' }
    const created = await send('POST', `${shop.url}/orders`, { body: order, headers })
    await send('GET', shop.url + created.headers.location!)
    await send('GET', `${shop.url}/orders?after=${created.json().id}`)
    await send('HEAD', `${shop.url}/orders`)
    await send('GET', `${shop.url}/health/live`)
    await shop.stop()

    const har = JSON.parse(readFileSync(record, 'utf8'))
    expect(harProblems(har)).toEqual([])
    expect(har.log.creator).toMatchObject({ name: 'createonce' })
    const [post, get, list, head, ...others] = har.log.entries as Entry[]
    expect(others).toEqual([])
    expect(post.request).toMatchObject({ method: 'POST', url: `${shop.url}/orders`, httpVersion: 'HTTP/1.1' })
    expect(JSON.parse(post.request.postData.text)).toEqual(order)
    expect(post.request.headers).toContainEqual({ name: 'Idempotency-Key', value: 'k1' })
    expect(post.response).toMatchObject({ status: 201, content: { text: created.body } })
    const { location, date } = created.headers
    expect(post.response.redirectURL).toBe(location)
    expect(post.response.headers).toContainEqual({ name: 'location', value: location })
    expect(post.response.headers).toContainEqual({ name: 'date', value: date })
    expect(get.response).toMatchObject({ status: 200, content: { text: created.body } })
    expect(list.request.queryString).toEqual([{ name: 'after', value: created.json().id }])
    expect(head.response).toMatchObject({ status: 200, content: { size: 0 } })
  })

  it('is judged by the verifier, which finds nothing', async () => {
    const cwd = temporaryFolder()
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:', '--record', 'traffic.har'], {
      cwd,
    })
    const headers = { 'Idempotency-Key': 'k1' }
    const created = await send('POST', `${shop.url}/orders`, { body: order, headers })
    await send('POST', `${shop.url}/orders`, { body: order, headers })
    await send('GET', shop.url + created.headers.location!)
    await send('GET', `${shop.url}/orders`)
    const { stdout: said } = await shop.stop()
    expect(said).toMatch(/^recording into traffic\.har$/m)

    const { code, stdout } = await createonce(['verify', '--har', 'traffic.har'], { cwd })
    expect(stdout).toMatch(/[1-9]\d* passed · no findings/)
    expect(code).toBe(0)
  })

  it('that ends with SIGKILL is whole', async () => {
    const cwd = temporaryFolder()
    const shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:', '--record', 'traffic.har'], {
      cwd,
    })
    for (const id of ['k1', 'k2', 'k3']) {
      await send('POST', `${shop.url}/orders`, { body: order, headers: { 'Idempotency-Key': id } })
    }
    shop.process.kill('SIGKILL')
    await shop.ended
    // What was answered last may be missing, when the kill came between the answer and the file.
    expect(entriesOf(join(cwd, 'traffic.har')).length).toBeGreaterThanOrEqual(2)
  })

  it('keeps no secret of a header, a cookie or a query', async () => {
    const file = newFile()
    const recording = openRecording(file)
    const app = fastify()
    addRecording(app, { recording, secretNames: ['X-Shop-Pass', 'pass'] })
    app.get('/', (_request, reply) => reply.header('Set-Cookie', ['a=s3cret; Path=/', 'b=s3cret']).send('ok'))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    await send('GET', `${url}/?api_key=s3cret&pass=s3cret&plain=tea%20time`, {
      headers: {
        Authorization: 'Bearer s3cret',
        Cookie: 'a=s3cret',
        'X-Api-Key': 's3cret',
        'X-Shop-Pass': 's3cret',
        'X-Plain': 'to be seen',
      },
    })
    await app.close()
    recording.close()
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('s3cret')
    const [entry] = entriesOf(file)
    expect(entry.request.headers).toContainEqual({ name: 'X-Plain', value: 'to be seen' })
    expect(entry.request.queryString).toContainEqual({ name: 'plain', value: 'tea time' })
    expect(entry.response.headers.filter(({ name }: { name: string }) => name === 'set-cookie')).toHaveLength(2)
  })

  it('leaves a body out that is larger than 64 KiB, and keeps bytes that are no text', async () => {
    const file = newFile()
    const recording = openRecording(file)
    const app = fastify()
    addRecording(app, { recording })
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post('/', (request) => request.body)
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    const headers = { 'Content-Type': 'text/plain' }
    for (const length of [65_536, 65_537]) await send('POST', url, { body: 'a'.repeat(length), headers })
    const raw = connect(Number(new URL(url).port), '127.0.0.1')
    const bytes = Buffer.from([0xff, 0xfe, 0x00])
    raw.write(
      'POST / HTTP/1.1\r\nHost: here\r\nContent-Type: image/x\r\nConnection: close\r\nContent-Length: 3\r\n\r\n',
    )
    raw.write(bytes)
    await new Promise((resolve) => raw.resume().on('close', resolve))
    await app.close()
    recording.close()

    const [kept, left, binary] = entriesOf(file)
    expect(kept.request.postData.text).toHaveLength(65_536)
    expect(kept.response.content.text).toHaveLength(65_536)
    expect(left.request).toMatchObject({ bodySize: 65_537, postData: { text: '', comment: /left out/ } })
    expect(left.response.content).toEqual({
      size: 65_537,
      mimeType: expect.stringContaining('text/plain'),
      comment: expect.any(String),
    })
    expect(binary.response.content).toMatchObject({ encoding: 'base64', text: bytes.toString('base64') })
  })

  it('has what was dropped as an exchange without an answer', async () => {
    const record = newFile()
    const shop = await startShop({ record, faultShare: 1 })
    const statuses: number[] = []
    for (let n = 0; n < 20; n += 1) {
      const answer = send('POST', `${shop.url}/orders`, { body: order, headers: { 'Idempotency-Key': `k${n}` } })
      statuses.push(
        await answer.then(
          ({ status }) => status,
          () => 0,
        ),
      )
    }
    await shop.stop()
    expect(statuses).toContain(0)
    expect(entriesOf(record).map(({ response }) => response.status)).toEqual(statuses)
  })

  it('names resources by their public address, where there is one', async () => {
    const file = newFile()
    const recording = openRecording(file)
    const app = fastify()
    addRecording(app, { recording, publicBaseUrl: 'https://shop.example/api' })
    app.get('/orders', () => [])
    await send('GET', `${await app.listen({ port: 0, host: '127.0.0.1' })}/orders?x=1`)
    await app.close()
    recording.close()
    expect(entriesOf(file)[0].request.url).toBe('https://shop.example/api/orders?x=1')
  })

  it('takes what a client writes for text: a Host and a path of any kind', async () => {
    const record = newFile()
    const shop = await startShop({ record })
    for (const head of ['GET /a"}]} HTTP/1.1\r\nHost: "evil', 'GET http://b.example/x HTTP/1.1\r\nHost: b.example']) {
      const socket = connect(Number(new URL(shop.url).port), '127.0.0.1')
      socket.write(`${head}\r\nConnection: close\r\n\r\n`)
      await new Promise((resolve) => socket.resume().on('close', resolve))
    }
    await shop.stop()
    const har = JSON.parse(readFileSync(record, 'utf8'))
    expect(har.log.entries).toHaveLength(2)
    expect(harProblems(har)).toEqual([])
  })
})

describe('the file of a recording', () => {
  it('is whole after every entry, and after none', () => {
    const file = newFile()
    const recording = openRecording(file)
    expect(entriesOf(file)).toEqual([])
    for (let n = 1; n <= 3; n += 1) {
      recording.add({ n, text: 'ß"\n' })
      expect(entriesOf(file)).toHaveLength(n)
    }
    recording.close()
    expect(entriesOf(file)).toEqual([1, 2, 3].map((n) => ({ n, text: 'ß"\n' })))
  })

  it('that a kill cut in the middle of a write is whole again without its last line', () => {
    const file = newFile()
    const recording = openRecording(file)
    recording.add({ n: 1 })
    recording.add({ n: 2 })
    const before = readFileSync(file)
    recording.add({ n: 3 })
    recording.close()
    const after = readFileSync(file)
    const start = before.length - '\n]}}\n'.length
    for (let end = start; end < after.length; end += 1) {
      // What was written so far, over what was there.
      const cut = Buffer.concat([after.subarray(0, end), before.subarray(end)]).toString()
      const lines = cut.replace(/\n$/, '').split('\n')
      const { log } = JSON.parse(`${lines.slice(0, -1).join('\n')}\n]}}`)
      expect(log.entries.slice(0, 2), cut).toEqual([{ n: 1 }, { n: 2 }])
    }
  })

  it('is followed by another one when it has as many entries as it may', () => {
    const file = newFile()
    const recording = openRecording(file, { maxEntries: 2 })
    for (let n = 1; n <= 5; n += 1) recording.add({ n })
    const last = recording.file
    recording.close()
    const files = ['traffic.har', 'traffic-2.har', 'traffic-3.har'].map((name) => join(file, '..', name))
    expect(last).toBe(files[2])
    expect(files.map((one) => entriesOf(one).map(({ n }) => n))).toEqual([[1, 2], [3, 4], [5]])
  })

  it('is never one that was there', () => {
    const file = newFile()
    writeFileSync(file, 'mine')
    const recording = openRecording(file)
    recording.close()
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(join(file, '..')).sort()).toEqual(['traffic-2.har', 'traffic.har'])
  })

  it('may be read by its owner only', () => {
    const file = newFile()
    openRecording(file).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('that cannot be made keeps the server from starting, with the reason', async () => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, 'there'))
    const args = ['serve', '--port', '0', '--store', 'memory:', '--record', 'missing/traffic.har']
    const { code, stdout, stderr } = await createonce(args, { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^createonce: --record missing\/traffic\.har cannot be written: ENOENT/)
  })

  it('that takes no more is given up with a log line, and the service goes on', async () => {
    const lines: string[] = []
    const app = fastify({ logger: { stream: { write: (line: string) => lines.push(line) } } })
    const recording = openRecording(newFile())
    addRecording(app, { recording })
    app.get('/', () => 'here')
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    // Closed under its feet: it fails as it does on a full disk.
    recording.close()
    const answers = [await send('GET', url), await send('GET', url)]
    await app.close()
    expect(answers.map(({ body }) => body)).toEqual(['here', 'here'])
    const failed = lines.filter((line) => line.includes('record.failed')).map((line) => JSON.parse(line))
    expect(failed).toMatchObject([
      { event: 'record.failed', file: recording.file, err: { message: 'The recording is closed.' } },
    ])
  })
})
