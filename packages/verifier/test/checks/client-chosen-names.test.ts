import { describe, expect, test } from 'vitest'
import { checks, type Report, type VerifyOptions } from '../../src/index.ts'
import { notGreen, runVerify } from '../run-verify.ts'
import { pageFlaws } from '../targets/pages/page-flaws.ts'
import { type PageChoices, sound, startPages } from '../targets/pages/pages.ts'

const own = [
  'cors-exposes-location',
  'location-host-injection',
  'location-path-encoding',
  'location-no-crlf',
  'idem-window-honoured',
]

/** Runs against a clock that waiting moves. */
async function judge(
  choices: Partial<PageChoices>,
  options: Omit<VerifyOptions, 'target'> = {},
): Promise<{ report: Report; left: number }> {
  let now = 0
  const wiki = await startPages({ now: () => now, ...choices })
  const sleep = async (ms: number) => {
    now += ms
  }
  const { report } = await runVerify(wiki.document, { checks: own, hostile: true, sleep, ...options })
  const left = wiki.pages().length
  await wiki.close()
  return { report, left }
}

const verdicts = ({ results }: Report) =>
  Object.fromEntries(results.map(({ check, verdict, level }) => [check, verdict === 'fail' ? level : verdict]))
const messages = ({ results }: Report) => results.map(({ check, message }) => `${check}: ${message}`).join('\n')
const green = { ...Object.fromEntries(own.map((check) => [check, 'pass'])), 'cors-exposes-location': 'skip' }

describe('an API whose clients choose names', () => {
  test('passes, and is left as it was', async () => {
    const { report, left } = await judge({})
    expect(verdicts(report), messages(report)).toEqual(green)
    expect([report.leftovers, left]).toEqual([[], 0])
  })

  test.each<[string, Partial<PageChoices>, Record<string, string>]>([
    ['makes slugs of names', { stored: (slug) => slug.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase() }, {}],
    ['refuses every name but plain ones', { refuses: (slug) => !/^[\w-]+$/.test(slug) }, {}],
    ['refuses hosts that are not its own', { knowsHost: (host) => host.startsWith('127.0.0.1') }, {}],
    [
      'exposes Location to other origins',
      {
        headers: () => ['Access-Control-Allow-Origin: *', 'Access-Control-Expose-Headers: location, etag', 'ETag: "1"'],
      },
      { 'cors-exposes-location': 'pass' },
    ],
    [
      'exposes everything by a star',
      { headers: () => ['Access-Control-Allow-Origin: *', 'Access-Control-Expose-Headers: *'] },
      { 'cors-exposes-location': 'pass' },
    ],
    [
      'has ids of its own',
      { location: (slug) => `/pages/${Buffer.from(slug).toString('hex')}` },
      { 'location-path-encoding': 'skip', 'location-no-crlf': 'skip' },
    ],
  ])('passes when it %s', async (_, choices, other) => {
    const { report } = await judge(choices)
    expect(verdicts(report), messages(report)).toEqual({ ...green, ...other })
  })

  test.each(pageFlaws)('and that $name fails $check', async ({ check, level, choices }) => {
    const { report } = await judge(choices, { checks: [check] })
    expect(verdicts(report), messages(report)).toEqual({ [check]: level })
  })

  test('is sent nothing that looks like an attack unless that was asked for', async () => {
    const seen: string[] = []
    const { report } = await judge(
      { stored: (slug) => seen[seen.push(slug) - 1] ?? '', knowsHost: (host) => seen.push(host) > 0 },
      { hostile: false, checks: own },
    )
    expect(verdicts(report)).toEqual({ ...green, 'location-host-injection': 'skip' })
    expect(seen.filter((text) => /[\r\n\0]|canary/i.test(text))).toEqual([])
    expect(seen.some((text) => text.includes('日本'))).toBe(true)
  })

  test('has no finding by any other check for its names', async () => {
    const { report } = await judge(
      {},
      { checks: checks.map(({ id }) => id).filter((id) => id.startsWith('location-')) },
    )
    expect(notGreen(report)).toEqual([])
  })
})

describe('the time for which a key is remembered', () => {
  test.each([
    ['PT24H', 'inconclusive'],
    ['PT10S', 'pass'],
    ['P1M', 'skip'],
    ['a day', 'skip'],
  ])('is waited for when it is short: %s is %s', async (documented, verdict) => {
    const waited: number[] = []
    const { report } = await judge(
      { documented: () => documented, remembersMs: () => 10_000 },
      { checks: ['idem-window-honoured'], sleep: async (ms) => void waited.push(ms) },
    )
    expect(verdicts(report)).toEqual({ 'idem-window-honoured': verdict })
    expect(waited).toEqual(verdict === 'pass' ? [8000] : [])
  })

  test('may be longer than documented', async () => {
    const { report } = await judge({ remembersMs: () => 1_000_000 }, { checks: ['idem-window-honoured'] })
    expect(verdicts(report)).toEqual({ 'idem-window-honoured': 'pass' })
  })
})

test('the sound wiki writes names as one segment', () => {
  expect(sound.location('a/b č', { host: '', headers: {} })).toBe('/pages/a%2Fb%20%C4%8D')
})
