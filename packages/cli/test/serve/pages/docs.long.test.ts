/// <reference lib="dom" />
import http from 'node:http'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../../../../verifier/test/report/html/browser.ts'
import { type Running, startCreateonce } from '../../createonce.ts'
import { type Listening, listen } from '../../targets/listen.ts'
import { closeServedPages, servePages } from './serve-pages.ts'

const started = await startBrowser()
const order = { email: 'ada@example.org', lines: [{ title: 'Middlemarch', quantity: 2 }] }

let shop: Running
beforeAll(async () => {
  shop = await startCreateonce(['serve', '--port', '0', '--store', 'memory:'])
})
afterEach(closeServedPages)
afterAll(async () => {
  await started?.close()
  await shop.stop()
})

interface Opened {
  readonly page: Page
  /** Everything that went wrong in the page: errors, what its policy refused, dialogs. */
  readonly troubles: readonly string[]
  /** The addresses of all that it asked for. */
  readonly asked: readonly string[]
}

async function open(url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await (started as Browser).newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  // Long before the limit of a test, so that it can say what was not there.
  page.setDefaultTimeout(20_000)
  const troubles: string[] = []
  const asked: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => void troubles.push(`console: ${message.text()}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => void asked.push(request.url()))
  await page.goto(url)
  return { page, troubles, asked }
}

/** The operation by its id, folded out. */
async function operation(page: Page, id: string): Promise<Locator> {
  const found = page.locator(`#operations-default-${id}`)
  await found.waitFor()
  if (!(await found.evaluate((element) => element.classList.contains('is-open')))) {
    await found.locator('.opblock-summary-control').click()
  }
  await found.locator('.opblock-body').waitFor()
  return found
}

/** Presses "Execute", and reads what was answered. */
async function execute(found: Locator): Promise<{ readonly status: string; readonly text: string }> {
  await found.getByRole('button', { name: 'Execute' }).click()
  const answer = found.locator('.live-responses-table tbody')
  await answer.waitFor()
  return {
    status: ((await answer.locator('.response-col_status').first().textContent()) ?? '').trim(),
    text: (await answer.textContent()) ?? '',
  }
}

describe.skipIf(started === undefined)('the docs in a browser', () => {
  it('create an order with a key, and its replay, without asking anybody but the server', async () => {
    const { page, troubles, asked } = await open(`${shop.url}/docs`)
    expect(await page.title()).toBe('Bookshop')
    const found = await operation(page, 'createOrder')
    await found.getByPlaceholder('Idempotency-Key').fill('from-the-docs')
    await found.locator('textarea').fill(JSON.stringify(order))
    const first = await execute(found)
    expect(first.status).toBe('201')
    expect(first.text).toContain('"title": "Middlemarch"')
    expect(first.text).toMatch(/location: \/orders\/[\w-]+/)
    expect(first.text).not.toContain('idempotent-replayed')

    await found.getByRole('button', { name: 'Clear' }).click()
    const second = await execute(found)
    expect(second.status).toBe('201')
    expect(second.text).toContain('idempotent-replayed: true')
    expect(troubles).toEqual([])
    expect(new Set(asked.map((url) => new URL(url).origin))).toEqual(new Set([shop.url]))
    await page.context().close()
  })

  it.each(['createOrder', 'createPublisher'])('have an example for %s that is created as it stands', async (id) => {
    const { page } = await open(`${shop.url}/docs`)
    const found = await operation(page, id)
    await found.getByPlaceholder('Idempotency-Key').fill(`example-of-${id}`)
    expect((await execute(found)).status).toBe('201')
    await page.context().close()
  })

  it('open at the operation that a link names', async () => {
    const { page, troubles } = await open(`${shop.url}/docs#/default/createOrder`)
    await page.locator('#operations-default-createOrder.is-open .opblock-body').waitFor()
    expect(await page.locator('.opblock.is-open').count()).toBe(1)
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it.each(['dark', 'light'] as const)('are %s where the system is, and can be read', async (colorScheme) => {
    const { page } = await open(`${shop.url}/docs#/default/createOrder`, { colorScheme })
    await page.locator('.opblock.is-open .headers td.header-col').first().waitFor()
    const brightness = (selector: string, property: 'color' | 'backgroundColor') =>
      page
        .locator(selector)
        .first()
        .evaluate((element, name) => {
          const [red, green, blue] = getComputedStyle(element)[name].match(/\d+/g)!.map(Number)
          return (red! + green! + blue!) / 3
        }, property)
    const isDark = colorScheme === 'dark'
    expect((await brightness('body', 'backgroundColor')) < 128).toBe(isDark)
    for (const text of [
      '.info .title',
      '.opblock-summary-path',
      '.parameter__name',
      '.headers td.header-col',
      'textarea',
    ]) {
      expect([text, (await brightness(text, 'color')) > 128]).toEqual([text, isDark])
    }
    await page.context().close()
  })

  it('run nothing that stands in the document', async () => {
    const nasty = '</title><script>alert(1)</script><img src=x onerror=alert(1)>[link](javascript:alert(1))'
    const { url } = await servePages({
      document: {
        openapi: '3.1.0',
        info: { title: nasty, version: nasty, description: nasty },
        paths: { '/notes': { get: { operationId: 'list', summary: nasty, description: nasty, responses: {} } } },
      },
    })
    const { page, troubles } = await open(`${url}/docs#/default/list`)
    await page.locator('.opblock.is-open .opblock-body').waitFor()
    expect(await page.title()).toBe(nasty)
    expect(troubles.filter((trouble) => /dialog|alert/.test(trouble))).toEqual([])
    expect(await page.locator('[onerror], a[href^="javascript:"]').count()).toBe(0)
    await page.context().close()
  })

  it('refuse a script that somebody put into the page', async () => {
    const { page, troubles } = await open(`${shop.url}/docs`)
    await page.locator('.opblock').first().waitFor()
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.ran = true'
      document.body.append(script)
      return 'ran' in globalThis
    })
    expect(ran).toBe(false)
    expect(troubles.join()).toContain('Content Security Policy')
    await page.context().close()
  })

  it('say where the document is, without scripts', async () => {
    const { page } = await open(`${shop.url}/docs`, { javaScriptEnabled: false })
    expect(await page.locator('noscript a').getAttribute('href')).toBe('openapi.json')
    await page.context().close()
  })
})

describe.skipIf(started === undefined)('behind a proxy that strips a prefix', () => {
  let proxy: Listening
  let behind: Running

  beforeAll(async () => {
    proxy = await listen((request, response) => {
      if (!request.url!.startsWith('/shop/')) return response.writeHead(404).end()
      const target = new URL(request.url!.slice('/shop'.length), behind.url)
      const onward = http.request(target, { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.rawHeaders)
        answer.pipe(response)
      })
      onward.on('error', () => response.destroy())
      return request.pipe(onward)
    })
    behind = await startCreateonce([
      ...['serve', '--port', '0', '--store', 'memory:'],
      ...['--public-base-url', `${proxy.url}/shop`],
    ])
  })
  afterAll(async () => {
    await behind.stop()
    await proxy.close()
  })

  it('the start page leads to the docs, which create an order, and nothing outside the prefix is asked for', async () => {
    const { page, troubles, asked } = await open(`${proxy.url}/shop/`)
    expect(await page.locator('h1').textContent()).toBe('Bookshop')
    await page.getByRole('link', { name: '/docs' }).click()
    const found = await operation(page, 'createOrder')
    await found.getByPlaceholder('Idempotency-Key').fill('behind-a-proxy')
    const { status, text } = await execute(found)
    expect(status).toBe('201')
    expect(text).toContain(`location: ${proxy.url}/shop/orders/`)
    expect(troubles).toEqual([])
    // Browsers ask for a favicon at the root by themselves, where a page names none.
    const outside = asked.filter((url) => !url.startsWith(`${proxy.url}/shop/`) && !url.endsWith('/favicon.ico'))
    expect(outside).toEqual([])
    await page.context().close()
  })

  it('the docs are found at their folder, too', async () => {
    const { page, troubles } = await open(`${proxy.url}/shop/docs/`)
    await page.locator('.opblock').first().waitFor()
    expect(page.url()).toBe(`${proxy.url}/shop/docs`)
    expect(troubles).toEqual([])
    await page.context().close()
  })
})
