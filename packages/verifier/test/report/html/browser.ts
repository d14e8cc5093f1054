import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Report, toHtml } from '../../../src/index.ts'

/** The system's browser; undefined where there is none and this is not the build. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((path) => existsSync(path))
  if (executablePath === undefined) {
    const message =
      'There is no chromium: the HTML report cannot be tested. Install it with scripts/install-chromium.sh.'
    if (process.env['CI'] === 'true') throw new Error(message)
    process.stderr.write(`${message}\n`)
    return undefined
  }
  // Chromium's sandbox does not start for root, as which many builds run; it opens nothing here but our own file.
  return await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}

/** A report opened in a browser. */
export interface OpenedReport {
  readonly page: Page
  /** Everything that went wrong in the page, and every request that left it. */
  readonly troubles: readonly string[]
  close(): Promise<void>
}

/** Opens a report as a user does: from a file. */
export async function openReport(
  browser: Browser,
  report: Report,
  { hash = '', ...options }: BrowserContextOptions & { hash?: string } = {},
): Promise<OpenedReport> {
  const folder = mkdtempSync(join(tmpdir(), 'createonce-html-'))
  const file = join(folder, 'report.html')
  writeFileSync(file, toHtml(report))
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) troubles.push(`request: ${request.url()}`)
  })
  await page.goto(pathToFileURL(file).href + hash)
  return {
    page,
    troubles,
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
