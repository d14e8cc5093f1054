import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostNeeded } from '../../src/config/config.ts'
import type { Surroundings } from '../../src/doctor/probe.ts'
import { hasOpenssl } from './has-openssl.ts'
import { closedPort, listening } from './listening.ts'
import { lines } from './look.ts'
import { type Certificate, makeCertificate } from './make-certificate.ts'

const DAY_MS = 86_400_000

const see = (id: string, host: HostNeeded, more: Partial<Surroundings> = {}) =>
  lines(id, { prerequisites: { hosts: [host] } }, { beforeStart: true, ...more })

describe('dns-resolves', () => {
  it('shows the addresses of a name', async () => {
    const [line] = await see('dns-resolves', { host: 'localhost', port: 1 })
    expect(line).toMatch(/^good localhost: (127\.0\.0\.1|::1)/)
  })

  it('refuses a name that leads nowhere', async () => {
    const [line] = await see('dns-resolves', { host: 'nowhere.invalid', port: 1 })
    expect(line).toMatch(/^bad nowhere\.invalid: /)
  })

  it('says nothing of addresses, which need no name', async () => {
    expect(await see('dns-resolves', { host: '127.0.0.1', port: 1 })).toEqual([])
  })

  it('asks for the API and its public address, unless that is still to be started', async () => {
    const profile = { baseUrl: 'http://localhost:3000', publicBaseUrl: 'https://api.invalid/shop' }
    const seen = await lines('dns-resolves', profile)
    expect(seen.map((line) => line.split(':')[0])).toEqual(['good localhost', 'bad api.invalid'])
    expect(await lines('dns-resolves', profile, { beforeStart: true })).toEqual([])
  })
})

describe('tcp-connects', () => {
  it('connects to a server that listens', async () => {
    const port = await listening(createServer())
    expect(await see('tcp-connects', { host: 'localhost', port })).toEqual([`good localhost:${port}: connected`])
  })

  it('says when the connection is refused', async () => {
    const port = await closedPort()
    const [line] = await see('tcp-connects', { host: '127.0.0.1', port })
    expect(line).toBe(`bad 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`)
  })

  it('leaves a name that leads nowhere to dns-resolves', async () => {
    expect(await see('tcp-connects', { host: 'nowhere.invalid', port: 1 })).toEqual([
      'unknown nowhere.invalid:1: its name leads nowhere',
    ])
  })

  it('writes IPv6 addresses with brackets, and asks for a server once', async () => {
    const profile = { baseUrl: 'http://[::1]:9', publicBaseUrl: 'http://[::1]:9/shop' }
    const seen = await lines('tcp-connects', profile)
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatch(/^bad \[::1\]:9: /)
  })
})

describe.runIf(hasOpenssl)('a TLS server', () => {
  let folder: string
  let own: Certificate
  let other: Certificate
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'createonce-tls-'))
    own = makeCertificate(folder, 'localhost', 90)
    other = makeCertificate(folder, 'other.example', 90)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const serve = async ({ key, cert }: Certificate, more: Partial<HostNeeded> = {}): Promise<HostNeeded> => {
    const port = await listening(createTlsServer({ key, cert }).on('tlsClientError', () => {}))
    return { host: 'localhost', port, tls: true, ...more }
  }
  const at = (days: number) => ({ now: () => Date.now() + days * DAY_MS })

  it('is called by a name in its certificate', async () => {
    const host = await serve(own)
    expect(await see('tls-name', host)).toEqual([`good localhost:${host.port}: made out to localhost`])
  })

  it('is refused with the certificate of another one', async () => {
    const host = await serve(other)
    expect(await see('tls-name', host)).toEqual([`bad localhost:${host.port}: made out to other.example`])
  })

  it('is refused when it is called by an address that its certificate does not have', async () => {
    const port = await listening(createTlsServer(own).on('tlsClientError', () => {}))
    const { family } = await import('node:dns/promises').then(({ lookup }) => lookup('localhost'))
    const host = family === 6 ? '::1' : '127.0.0.1'
    expect((await see('tls-name', { host, port, tls: true }))[0]).toMatch(/^bad .*: made out to localhost$/)
  })

  it('is refused when it speaks no TLS', async () => {
    const port = await listening(createServer((socket) => socket.on('error', () => {}).end('220 hello\r\n')))
    const host = { host: 'localhost', port, tls: true }
    expect(await see('tls-name', host)).toEqual([`bad localhost:${port}: it answers, and not with TLS`])
    expect((await see('tls-expiry', host))[0]).toMatch(/^unknown /)
    expect((await see('tls-trusted', host))[0]).toMatch(/^unknown /)
  })

  it('that is not there is left to tcp-connects', async () => {
    const host = { host: 'localhost', port: await closedPort(), tls: true }
    for (const id of ['tls-name', 'tls-expiry', 'tls-trusted']) expect((await see(id, host))[0]).toMatch(/^unknown /)
  })

  it('that is not said to speak TLS is not asked to', async () => {
    const host = await serve(other, { tls: false })
    for (const id of ['tls-name', 'tls-expiry', 'tls-trusted']) expect(await see(id, host)).toEqual([])
  })

  it('has a certificate that is valid, and for how long', async () => {
    const host = await serve(own)
    expect((await see('tls-expiry', host, at(1)))[0]).toMatch(/^good localhost:\d+: valid until [\d-]+, 88 days$/)
  })

  it.each([
    [75, 'good'],
    [77, 'warning'],
    [91, 'bad'],
    [-2, 'bad'],
  ])('is judged %i days after its certificate of 90 days was made: %s', async (days, kind) => {
    const [line] = await see('tls-expiry', await serve(own), at(days))
    expect(line!.split(' ')[0]).toBe(kind)
    if (days > 90) expect(line).toContain('expired on')
    if (days < 0) expect(line).toContain('not valid before')
  })

  it('with a certificate of a few days is warned of in the last quarter of them', async () => {
    const host = await serve(makeCertificate(folder, 'localhost', 8))
    expect((await see('tls-expiry', host, at(5)))[0]).toMatch(/^good /)
    expect((await see('tls-expiry', host, at(6.5)))[0]).toMatch(/^warning /)
  })

  it('is refused with fewer days left than the profile asks for', async () => {
    const host = await serve(own, { certificateDays: 30 })
    expect((await see('tls-expiry', host, at(59)))[0]).toMatch(/^good .*; needed: 30$/)
    expect((await see('tls-expiry', host, at(61)))[0]).toMatch(/^bad .*; needed: 30$/)
  })

  it('that nobody vouches for is a warning, since a service may know it', async () => {
    const host = await serve(own)
    expect(await see('tls-trusted', host)).toEqual([`warning localhost:${host.port}: DEPTH_ZERO_SELF_SIGNED_CERT`])
  })
})
