import { afterEach, describe, expect, it } from 'vitest'
import { prefersHtml } from '../../../src/serve/pages/start/prefers-html.ts'
import { send } from '../../send.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

afterEach(closeServedPages)

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const browse = (url: string) => send('GET', `${url}/`, { headers: { Accept: BROWSER } })

describe('the start page', () => {
  it('tells programs what is served, and where its other pages are', async () => {
    const { url } = await servePages()
    const answer = await send('GET', `${url}/`)
    expect([answer.status, answer.headers['content-type'], answer.headers.vary]).toEqual([
      200,
      'application/json',
      'Accept',
    ])
    const { title, version, links } = answer.json()
    expect([title, version]).toEqual(['Notes', '2.1.0'])
    expect(links.map(({ href }: { href: string }) => href)).toEqual([
      './docs',
      './openapi.json',
      './openapi.yaml',
      './health/live',
      './health/ready',
      './metrics',
    ])
  })

  it('has the same for browsers, with links that lead somewhere', async () => {
    const { url } = await servePages()
    const answer = await browse(url)
    expect([answer.headers['content-type'], answer.headers.vary]).toEqual(['text/html; charset=utf-8', 'Accept'])
    expect(answer.body).toContain('<h1>Notes</h1>')
    const links = [...answer.body.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!)
    expect(links).toHaveLength(6)
    for (const link of links) expect((await send('GET', new URL(link, `${url}/`).href)).status).toBe(200)
  })

  it('leaves out what is not there', async () => {
    const { url } = await servePages({ isTaken: (path) => path === '/metrics' })
    expect((await send('GET', `${url}/`)).body).not.toContain('metrics')
  })

  it('shows a hostile title as text', async () => {
    const info = { title: `</title><script>alert(1)</script>"'&`, version: '<b>1</b>' }
    const { url } = await servePages({ document: { openapi: '3.1.0', info, paths: {} } })
    const { body } = await browse(url)
    expect(body).toContain('<h1>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</h1>')
    expect(body).toContain('Version &lt;b&gt;1&lt;/b&gt;')
    expect(body).not.toContain('<script')
  })

  it.each([[undefined], [{}], [{ title: 7, version: null }], ['text'], [{ title: '' }]])(
    'does without a title: info %j',
    async (info) => {
      const { url } = await servePages({ document: { openapi: '3.1.0', info, paths: {} } })
      expect((await browse(url)).body).toContain('<h1>API</h1>')
      expect((await send('GET', `${url}/`)).json()).not.toHaveProperty('version')
    },
  )

  it('shows a title of any length in one go', async () => {
    const info = { title: 'x'.repeat(100_000), version: '1' }
    const { url } = await servePages({ document: { openapi: '3.1.0', info, paths: {} } })
    expect((await send('GET', `${url}/`)).json().title).toBe('x'.repeat(200))
  })

  it('loads nothing, and has no style but its own', async () => {
    const { url } = await servePages()
    const { headers, body } = await browse(url)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*; style-src 'sha256-[\w+/=]+'$/)
    expect(body).not.toMatch(/<(script|link|img|iframe)|src=/)
  })
})

describe('what is sent', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['application/json', false],
    ['text/html', true],
    ['TEXT/HTML; charset=utf-8', true],
    [BROWSER, true],
    ['text/html;q=0', false],
    ['application/json, text/html;q=0.9', false],
    ['application/json;q=0.5, text/html;q=0.9', true],
    ['text/html;q=nonsense', false],
    ['text/*', false],
  ])('Accept: %s is HTML: %s', (accept, isHtml) => {
    expect(prefersHtml(accept)).toBe(isHtml)
  })
})
