import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { startProxy } from '../../scripts/crash/wire/cutting-proxy.mjs'
import type { Wire } from './wire.ts'

interface Proxy {
  readonly port: number
  cut(mark: string, moment: string, isSlow?: boolean): Promise<void>
  close(): void
}

const lines = (chunk: Buffer): Buffer[] =>
  chunk
    .toString()
    .split(/(?<=\n)/)
    .map((line) => Buffer.from(line))

/** Lines, each answered by one. */
const wire: Wire = {
  marks: ['COMMIT'],
  requests: () => (chunk) =>
    lines(chunk).map((bytes) => ({ bytes, asks: 1, mark: bytes.toString() === 'COMMIT\n' ? 'COMMIT' : undefined })),
  answers: () => (chunk) => lines(chunk).map((bytes) => ({ bytes, ends: true })),
}

describe('a connection through the proxy', () => {
  let server: Server
  let proxy: Proxy
  let client: Socket
  /** What has reached the server, and what the client has heard. */
  let reached: string
  let heard: string
  let ended: Promise<unknown>

  beforeEach(async () => {
    reached = heard = ''
    server = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (data) => {
        reached += data
        for (const line of lines(data)) socket.write(`did ${line}`)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    proxy = await startProxy((server.address() as AddressInfo).port, wire)
    client = connect(proxy.port, '127.0.0.1')
    client.on('error', () => {})
    client.on('data', (data) => {
      heard += data
    })
    ended = once(client, 'close')
  })
  afterEach(async () => {
    client.destroy()
    proxy.close()
    server.close()
    await once(server, 'close')
  })

  it('passes everything as long as nothing is to be cut', async () => {
    client.write('one\nCOMMIT\n')
    while (!heard.endsWith('COMMIT\n')) await once(client, 'data')
    expect(heard).toBe('did one\ndid COMMIT\n')
  })

  it('is cut before COMMIT: it never arrives', async () => {
    const cut = proxy.cut('COMMIT', 'before')
    client.write('COMMIT\n')
    await Promise.all([cut, ended])
    expect([reached, heard]).toEqual(['', ''])
  })

  it.each([false, true])('is cut during COMMIT: it arrives, and its answer does not; slow: %s', async (isSlow) => {
    const cut = proxy.cut('COMMIT', 'during', isSlow)
    const arrived = once(server, 'connection').then(([socket]) => once(socket as Socket, 'data'))
    client.write('COMMIT\n')
    await Promise.all([cut, ended, arrived])
    expect([reached, heard]).toEqual(['COMMIT\n', ''])
  })

  it('is cut after COMMIT: its answer still arrives', async () => {
    const cut = proxy.cut('COMMIT', 'after')
    client.write('one\nCOMMIT\n')
    await Promise.all([cut, ended])
    expect([reached, heard]).toEqual(['one\nCOMMIT\n', 'did one\ndid COMMIT\n'])
  })

  it('is left alone where it does not send what is to be cut', async () => {
    const cut = proxy.cut('COMMIT', 'before')
    client.write('one\n')
    await once(client, 'data')
    expect(heard).toBe('did one\n')
    client.write('COMMIT\n')
    await cut
  })
})
