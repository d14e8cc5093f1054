import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, it } from 'vitest'
import { send } from '../../send.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

afterEach(closeServedPages)

const installed = (name: string) => readFileSync(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`))

describe('/docs', () => {
  it('is a page that names what it loads relative to itself, and nothing of another host', async () => {
    const { url } = await servePages()
    const { status, headers, body } = await send('GET', `${url}/docs`)
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    const loaded = [...body.matchAll(/(?:href|src|data-document)="([^"]*)"/g)].map(([, link]) => link!)
    expect(new Set(loaded)).toEqual(
      new Set([
        'docs/favicon-32x32.png',
        'docs/swagger-ui.css',
        'docs/docs.css',
        'docs/swagger-ui-bundle.js',
        'docs/docs.js',
        'openapi.json',
      ]),
    )
    for (const link of loaded) expect((await send('GET', new URL(link, `${url}/docs`).href)).status).toBe(200)
  })

  it('allows no script within the page, and nothing from elsewhere', async () => {
    const { url } = await servePages()
    const { headers, body } = await send('GET', `${url}/docs`)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
    )
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(body).not.toMatch(/<script>|<style|\son\w+=|style=/)
  })

  it('shows a hostile title as text', async () => {
    const info = { title: '</title><script>alert(1)</script>', version: '1' }
    const { url } = await servePages({ document: { openapi: '3.1.0', info, paths: {} } })
    expect((await send('GET', `${url}/docs`)).body).toContain(
      '<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>',
    )
  })

  it('is led to from /docs/, by a relative address', async () => {
    const { url } = await servePages()
    const { status, headers } = await send('GET', `${url}/docs/`)
    expect([status, headers.location]).toEqual([308, '../docs'])
  })

  it('is led to from /docs/ where the router overlooks the slash, too', async () => {
    const { url } = await servePages({}, () => {}, { routerOptions: { ignoreTrailingSlash: true } })
    expect((await send('GET', `${url}/docs`)).status).toBe(200)
    const { status, headers } = await send('GET', `${url}/docs/?tag=1`)
    expect([status, headers.location]).toEqual([308, '../docs'])
  })
})

describe('what the docs load', () => {
  it.each([
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['favicon-32x32.png', 'image/png'],
  ])('%s is the installed file', async (name, type) => {
    const { url } = await servePages()
    const { status, headers, body } = await send('GET', `${url}/docs/${name}`)
    expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([200, type, 'nosniff'])
    expect(headers['content-length']).toBe(String(installed(name).byteLength))
    expect(body).toBe(installed(name).toString('utf8'))
  })

  it.each(['swagger-ui-bundle.js', 'docs.js', 'docs.css'])(
    '%s may be kept, and is asked for by its tag',
    async (name) => {
      const { url } = await servePages()
      const { headers } = await send('HEAD', `${url}/docs/${name}`)
      expect(headers['cache-control']).toBe('public, max-age=3600')
      const again = await send('GET', `${url}/docs/${name}`, { headers: { 'If-None-Match': headers.etag! } })
      expect([again.status, again.body]).toEqual([304, ''])
    },
  )

  it.each([
    'index.html',
    'package.json',
    'swagger-initializer.js',
    '..%2fpackage.json',
    '%2e%2e/package.json',
    '..%5cpackage.json',
    'swagger-ui.css%00.js',
    'swagger-ui.css/',
    '__proto__',
    'constructor',
  ])('%s is no name in its table', async (name) => {
    const { url } = await servePages()
    expect((await send('GET', `${url}/docs/${name}`)).status).toBe(404)
  })
})
