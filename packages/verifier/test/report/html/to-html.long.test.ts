/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/index.ts'
import { hostileReport, hostileTexts } from '../hostile-report.ts'
import { openReport, startBrowser } from './browser.ts'
import { flawedReport } from './flawed-report.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const started = await startBrowser()
let report: Report

beforeAll(async () => {
  report = await flawedReport()
})
afterAll(() => started?.close())

/** What axe objects to, and where. */
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

const cell = (check: string, operation = 'create-books') => `a.v[href="#${operation}/${check}"]`
const shownChecks = (page: Page) =>
  page
    .locator('tr[data-check]')
    .evaluateAll((rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.getAttribute('data-check')))

describe.skipIf(started === undefined)('the HTML report, in a browser,', () => {
  const browser = started as Browser

  test('shows a row for each check and a column for each operation, and each verdict by a sign of its own', async () => {
    const { page, troubles, close } = await openReport(browser, report)
    expect(await page.locator('thead th').allInnerTexts()).toEqual([
      'check',
      'POST /books',
      'POST /books/{bookId}/reviews',
      'POST /orders',
    ])
    expect(await shownChecks(page)).toHaveLength(report.checks?.length ?? 0)
    expect(await page.locator(cell('created-status-201')).textContent()).toBe('▲')
    expect(await page.locator(cell('input-roundtrip')).textContent()).toBe('✕')
    expect(await page.locator(cell('location-present')).textContent()).toBe('✓')
    expect(troubles).toEqual([])
    await close()
  })

  test('lists one finding for each cause, however many operations have it', async () => {
    const { page, close } = await openReport(browser, report)
    const causes = page.locator('.cause', { hasText: 'created-status-201' })
    expect(await causes.locator('h3').allInnerTexts()).toEqual([expect.stringContaining("framework's default answer")])
    // Two checks saw it, on three operations each.
    expect(await causes.locator('li').count()).toBe(6)
    await close()
  })

  test('opens a cell: what was expected and by whom, what was seen, the fix, a command, the evidence', async () => {
    const { page, troubles, close } = await openReport(browser, report)
    await page.locator(cell('input-roundtrip')).click()
    const detail = page.locator('#detail')
    const finding = report.results.find(
      ({ check, operation }) => check === 'input-roundtrip' && operation === 'create-books',
    )
    expect(await detail.locator('h2').textContent()).toContain('input-roundtrip on POST /books')
    const text = await detail.locator('dl').textContent()
    for (const part of [finding?.source, finding?.fix, finding?.reproduce]) expect(text).toContain(part)
    expect(await detail.locator('.sides').isVisible()).toBe(true)
    expect(page.url()).toContain('#create-books/input-roundtrip')
    await detail.getByRole('button', { name: 'All findings' }).click()
    expect(await page.locator('#findings').isVisible()).toBe(true)
    expect(page.url()).not.toContain('#')
    expect(troubles).toEqual([])
    await close()
  })

  test('marks what differs between two exchanges, and nothing else', async () => {
    const { page, close } = await openReport(browser, report, { hash: '#create-books/created-status-201' })
    const sides = page.locator('.sides')
    const same = sides.locator('tr', { hasText: 'User-Agent' })
    expect(await same.locator('mark').count()).toBe(0)
    expect(await sides.locator('tr.differs', { hasText: 'POST http' }).locator('mark').count()).toBe(2)
    await page.getByLabel('Right').selectOption('')
    expect(await sides.locator('mark').count()).toBe(0)
    expect(await sides.locator('th').count()).toBe(2)
    await close()
  })

  test('draws the time line of a race, in the order of the answers', async () => {
    const { page, close } = await openReport(browser, report, { hash: '#create-books/unique-race-single-winner' })
    const lanes = page.locator('.race li')
    expect(await lanes.count()).toBe(10)
    const ends = (await lanes.allInnerTexts()).map((text) => Number(/to ([\d.]+) ms/.exec(text)?.[1]))
    expect(ends).toEqual([...ends].sort((a, b) => a - b))
    const widths = await lanes.locator('i').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width))
    expect(Math.min(...widths)).toBeGreaterThan(2)
    expect(Math.max(...widths)).toBeGreaterThan(100)
    await close()
  })

  test('filters by the text of a check or a group, and by verdict', async () => {
    const { page, close } = await openReport(browser, report)
    await page.getByRole('searchbox').fill('location-w')
    expect(await shownChecks(page)).toEqual(['location-well-formed'])
    expect(await page.locator('#shown').textContent()).toBe(`1 of ${report.checks?.length} checks`)
    await page.getByRole('searchbox').fill('')
    for (const word of ['passed', 'skipped', 'warnings', 'inconclusive'])
      await page.getByRole('checkbox', { name: word }).uncheck()
    await page.getByRole('checkbox', { name: 'notes' }).uncheck()
    const grave = report.results.filter(({ verdict, level }) => verdict === 'fail' && level === 'error')
    expect((await shownChecks(page)).sort()).toEqual([...new Set(grave.map(({ check }) => check))].sort())
    await close()
  })

  test('opens a deep link at once, follows the way back, and passes over a link to nothing', async () => {
    const { page, troubles, close } = await openReport(browser, report, { hash: '#create-orders/created-status-201' })
    expect(await page.locator('#detail h2').textContent()).toContain('created-status-201 on POST /orders')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H2')
    await page.locator(cell('input-roundtrip')).click()
    await page.goBack()
    expect(await page.locator('#detail h2').textContent()).toContain('created-status-201')
    await page.evaluate(() => {
      location.hash = '#no/such'
    })
    await page.locator('#findings').waitFor()
    expect(troubles).toEqual([])
    await close()
  })

  test('is worked by the keyboard: one stop in the matrix, arrows within, Enter opens, Escape returns', async () => {
    const { page, close } = await openReport(browser, report)
    expect(await page.locator('a.v[tabindex="0"]').count()).toBe(1)
    await page.locator('a.v[tabindex="0"]').focus()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'))
    expect(await focused()).toBe('#create-books/created-status-201')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('#create-reviews/no-201-without-creation')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await page.locator('#detail h2').textContent()).toContain('created-status-201')
    await page.keyboard.press('Escape')
    expect(await page.locator('#detail').isVisible()).toBe(false)
    expect(await focused()).toBe('#create-reviews/created-status-201')
    await close()
  })

  test.each(['light', 'dark'] as const)('gives axe nothing to object to in %s', async (colorScheme) => {
    const { page, close } = await openReport(browser, report, { colorScheme })
    const scheme = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(scheme).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(16, 21, 27)')
    expect(await violations(page)).toEqual([])
    await page.locator(cell('unique-race-single-winner')).click()
    expect(await violations(page)).toEqual([])
    await close()
  })

  test('changes between dark and light by a button', async () => {
    const { page, close } = await openReport(browser, report, { colorScheme: 'light' })
    await page.getByRole('button', { name: 'Dark or light' }).click()
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(16, 21, 27)')
    await close()
  })

  test('is readable where scripts are off', async () => {
    const { page, close } = await openReport(browser, report, { javaScriptEnabled: false })
    expect(await page.locator(cell('input-roundtrip')).isVisible()).toBe(true)
    expect(await page.locator('.noscript').isVisible()).toBe(true)
    await close()
  })

  test('fits a telephone without scrolling sideways', async () => {
    const { page, close } = await openReport(browser, report, { viewport: { width: 390, height: 800 } })
    await page.locator(cell('unique-race-single-winner')).click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await close()
  })

  test.each(Object.entries(hostileTexts))('lets %s act nowhere', async (_, text) => {
    const { page, troubles, close } = await openReport(browser, hostileReport(text))
    const elements = () =>
      page.evaluate(() => ({
        title: document.title.startsWith('Creation at http://localhost/'),
        scripts: document.querySelectorAll('script').length,
        strange: document.querySelectorAll('img, svg, iframe, object, [onload], [onerror], [onmouseover], injected')
          .length,
        outward: [...document.querySelectorAll('a')].filter((a) => !a.getAttribute('href')?.startsWith('#')).length,
      }))
    const harmless = { title: true, scripts: 2, strange: 0, outward: 0 }
    expect(await elements()).toEqual(harmless)
    const count = await page.locator('a.v').count()
    expect(count).toBe(5)
    for (let index = 0; index < count; index++) {
      await page.locator('a.v').nth(index).click()
      expect(await page.locator('#detail .sides').isVisible()).toBe(true)
      expect(await elements()).toEqual(harmless)
    }
    expect(troubles).toEqual([])
    await close()
  })

  test('would run no script of a stranger even if one got in', async () => {
    const { page, troubles, close } = await openReport(browser, report)
    const blocked: (string | undefined)[] = []
    page.on('requestfailed', (request) => blocked.push(request.failure()?.errorText))
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "owned"' }))
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://evil.test/x.png' }))
    })
    await expect.poll(() => blocked).toEqual(['csp'])
    const said = () => troubles.filter((trouble) => trouble.includes('Content Security Policy'))
    await expect.poll(() => said().length).toBe(2)
    expect(await page.title()).not.toBe('owned')
    await close()
  })
})
