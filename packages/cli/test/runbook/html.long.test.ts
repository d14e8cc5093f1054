/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { problemPage } from '@createonce/server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBrowser } from '../../../verifier/test/report/html/browser.ts'
import { runbookEntries } from '../../src/runbook/entries.ts'
import { toHtml } from '../../src/runbook/html/to-html.ts'
import { builtInTables } from '../../src/runbook/tables.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const started = await startBrowser()
const nasty = '<script>alert(1)</script><img src=x onerror=alert(1)>'
const entries = runbookEntries(builtInTables, {
  filter: {
    title: nasty,
    meaning: nasty,
    firstResponse: nasty,
    links: ['https://dash.example/?a="b"', 'javascript:alert(1)'],
  },
})

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'createonce-runbook-'))
  file = join(folder, 'runbook.html')
  writeFileSync(file, toHtml(entries))
})
afterAll(async () => {
  await started?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Opened {
  readonly page: Page
  /** Everything that went wrong in the page, and every request that left it. */
  readonly troubles: readonly string[]
}

async function open({ hash = '', ...options }: BrowserContextOptions & { hash?: string } = {}): Promise<Opened> {
  const context = await (started as Browser).newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => void troubles.push(`console: ${message.text()}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) troubles.push(`request: ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href + hash)
  return { page, troubles }
}

const shown = (page: Page): Promise<string[]> =>
  page.locator('article').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map(({ id }) => id))
const focused = (page: Page): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id)

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
  })
}

describe.skipIf(started === undefined)('the runbook in a browser', () => {
  it('has every entry, asks nobody for anything, and runs nothing that stands in an entry', async () => {
    const { page, troubles } = await open()
    expect(await shown(page)).toEqual(entries.map(({ code }) => code))
    expect(await page.locator('article#filter .title').textContent()).toBe(nasty)
    expect(
      await page.locator('article#filter ul a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://dash.example/?a=%22b%22'])
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('leads by a deep link to its entry', async () => {
    const { page, troubles } = await open({ hash: '#idempotency-key-blocked' })
    const entry = page.locator('article#idempotency-key-blocked')
    expect(await focused(page)).toBe('idempotency-key-blocked')
    expect((await entry.boundingBox())!.y).toBeLessThan(200)
    expect((await entry.boundingBox())!.y).toBeGreaterThanOrEqual(0)
    expect(await entry.textContent()).toContain('createonce keys release')
    expect(troubles).toEqual([])
    await page.context().close()
  })

  it('is worked by the keyboard: / filters, Enter leads to the first entry, Escape shows all', async () => {
    const { page } = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('sealed with a key')
    expect(await shown(page)).toEqual(['record-unreadable'])
    expect(await page.locator('output').textContent()).toBe(`1 of ${entries.length} entries`)
    expect(await page.locator('nav li').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)).toBe(1)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'record-unreadable')
    await page.keyboard.press('/')
    await page.keyboard.press('Escape')
    expect(await shown(page)).toHaveLength(entries.length)
    await page.context().close()
  })

  it('shows what a link leads to, though the filter hides it', async () => {
    const { page } = await open()
    await page.locator('input').fill('record-unreadable')
    await page.evaluate(() => {
      location.hash = '#overloaded'
    })
    await page.waitForFunction(() => document.activeElement?.id === 'overloaded')
    expect(await shown(page)).toHaveLength(entries.length)
    await page.context().close()
  })

  it('is read without scripts', async () => {
    const { page } = await open({ javaScriptEnabled: false })
    expect(await page.locator('article#overloaded').isVisible()).toBe(true)
    expect(await page.locator('form').isVisible()).toBe(false)
    await page.context().close()
  })

  it.each([
    ['dark', 1280],
    ['light', 400],
  ] as const)('has nothing for axe to object to, and fits: %s, %i wide', async (colorScheme, width) => {
    const { page } = await open({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true })
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  it.each(['dark', 'light'] as const)(
    'has beside it the page of a problem, to which axe objects as little: %s',
    async (colorScheme) => {
      const context = await (started as Browser).newContext({ colorScheme })
      const page = await context.newPage()
      await page.setContent(problemPage('idempotency-key-blocked', 'text/html').body!)
      expect(await page.locator('h1').textContent()).toBe('This Idempotency-Key is blocked by a crash')
      expect(await page.locator('dd code').allTextContents()).toContain('createonce keys release')
      expect(await violations(page)).toEqual([])
      await context.close()
    },
  )

  it('turns from light to dark by its button', async () => {
    const { page } = await open({ colorScheme: 'light' })
    const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await back()
    await page.getByRole('button', { name: 'Dark or light' }).click()
    expect(await back()).not.toBe(light)
    await page.context().close()
  })
})
