import { afterEach, describe, expect, it, vi } from 'vitest'
import { scanJson } from '../../src/creation/json/scan-json.ts'

/** How many characters a scan looks at, searches of the engine included. */
function workOf(text: string): number {
  let work = 0
  const { indexOf, charCodeAt } = String.prototype
  vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, sought: string, from = 0) {
    const found = indexOf.call(this, sought, from)
    work += (found < 0 ? this.length : found + 1) - from
    return found
  })
  vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, at: number) {
    work++
    return charCodeAt.call(this, at)
  })
  scanJson(text)
  vi.restoreAllMocks()
  return work
}

afterEach(() => vi.restoreAllMocks())

describe('the scan', () => {
  it('counts the members that are written, not the colons in strings', () => {
    expect(scanJson('{"a:":":","b":{"\\"c\\":":[{"d":"\\\\"}]}}')).toBe(4)
    expect(scanJson('{"a":1,"a":2}')).toBe(2)
    expect(scanJson('":"')).toBe(0)
  })

  it('counts levels, not brackets', () => {
    expect(scanJson(`[${'{"a":[]},'.repeat(100)}1]`)).toBe(100)
  })

  it.each([
    ['many short strings before the only escape', (n: number) => `[${'"ab",'.repeat(n)}"\\n"]`],
    ['escapes only', (n: number) => `"${'\\\\'.repeat(n)}"`],
    ['escaped quotes only', (n: number) => `"${'\\"'.repeat(n)}"`],
    ['escaped pairs', (n: number) => `"${'\\ud83d\\ude00'.repeat(n)}"`],
    ['many members', (n: number) => `{${Array.from({ length: n }, (_, i) => `"${i}":${i}`).join()}}`],
    ['one long number', (n: number) => '1'.repeat(n)],
    ['white space', (n: number) => ' '.repeat(n)],
  ])('looks at %s in proportion to their length', (_, shape) => {
    const [one, two] = [shape(1000), shape(2000)]
    expect(workOf(two) / two.length).toBeLessThan((workOf(one) / one.length) * 1.1)
  })
})
