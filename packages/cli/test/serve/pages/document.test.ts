import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { send } from '../../send.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

afterEach(closeServedPages)

const document = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1.0', description: `A long line: ${'word '.repeat(60)}\nand another one` },
  paths: {},
  'x-looks-like': {
    something: ['no', '1.0', '0x1f', 'null', '2026-01-01', '~', '', ' padded ', '- item', '# none', 'a: b'],
  },
}

describe.each([
  ['/openapi.json', 'application/json', (text: string) => JSON.parse(text)],
  ['/openapi.yaml', 'application/yaml', (text: string) => parse(text)],
] as const)('%s', (path, type, read) => {
  it('is the document as it is served', async () => {
    const { url } = await servePages({ document })
    const answer = await send('GET', url + path)
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type])
    expect(read(answer.body)).toEqual(document)
  })

  it('answers HEAD as GET, without the body', async () => {
    const { url } = await servePages({ document })
    const [got, head] = await Promise.all([send('GET', url + path), send('HEAD', url + path)])
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control']) {
      expect(head.headers[name]).toBe(got.headers[name])
    }
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(got.body)))
    expect(head.body).toBe('')
  })

  it('is not sent again to a client that has it', async () => {
    const { url } = await servePages({ document })
    const { etag } = (await send('GET', url + path)).headers
    const ask = async (ifNoneMatch: string) => {
      const { status, body, headers } = await send('GET', url + path, { headers: { 'If-None-Match': ifNoneMatch } })
      return { status, isEmpty: body === '', hasTag: headers.etag === etag }
    }
    const known = { status: 304, isEmpty: true, hasTag: true }
    const unknown = { status: 200, isEmpty: false, hasTag: true }
    expect(await ask(etag!)).toEqual(known)
    expect(await ask(`W/${etag}`)).toEqual(known)
    expect(await ask(`"other", ${etag}`)).toEqual(known)
    expect(await ask('*')).toEqual(known)
    expect(await ask('"other"')).toEqual(unknown)
    expect(await ask(etag!.slice(1, -1))).toEqual(unknown)
  })

  it('has another ETag when it is another document', async () => {
    const [one, other] = await Promise.all([
      servePages({ document }),
      servePages({ document: { ...document, openapi: '3.1.1' } }),
    ])
    const tags = await Promise.all([one, other].map(async ({ url }) => (await send('GET', url + path)).headers.etag))
    expect(tags[0]).toMatch(/^"[\w-]{43}"$/)
    expect(tags[1]).not.toBe(tags[0])
  })
})

it('a document that is too long to be rewritten in passing is its JSON text, which is YAML', async () => {
  const long = { ...document, 'x-long': Array.from({ length: 200 }, (_, n) => `${n}`.padEnd(10_001, 'x')) }
  const { url } = await servePages({ document: long })
  const answer = await send('GET', `${url}/openapi.yaml`)
  expect(answer.headers['content-type']).toBe('application/yaml')
  expect(answer.body).toBe(JSON.stringify(long))
})
