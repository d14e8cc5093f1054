import { marked } from 'marked'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { toGithub, toHar, toJson, toJunit, toMarkdown, toSarif, toTerminal } from '../../src/index.ts'
import { hostileReport, hostileTexts } from './hostile-report.ts'
import { harProblems, sarifProblems } from './schemas.ts'

// Everything that may act on a terminal or turn its writing; the line feed is ours.
const acting = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u
const control = /\p{Cc}/u
const withoutLineFeeds = (text: string) => text.replaceAll('\n', '')

/** The elements of an XML text in their order; throws for what is not well-formed. */
function elementsOf(text: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => names.push(name))
  parser.on('cdata', () => names.push('CDATA'))
  parser.on('processinginstruction', () => names.push('PI'))
  parser.on('comment', () => names.push('comment'))
  parser.on('error', (error) => {
    throw error
  })
  parser.write(text).close()
  return names
}

/** The elements of rendered Markdown, with what they lead to. */
function markupOf(markdown: string): string[] {
  const html = marked.parse(markdown, { gfm: true, async: false }) as string
  return [...html.matchAll(/<([a-z][a-z\d]*)/gi)].map(([, name = '']) => name)
}

describe.each(Object.entries(hostileTexts))('a report with %s in every place', (_, text) => {
  const report = hostileReport(text)
  const calm = hostileReport('calm')

  test('has no element of its own in JUnit XML, and is well-formed', () => {
    expect(elementsOf(toJunit(report))).toEqual(elementsOf(toJunit(calm)))
    expect(withoutLineFeeds(toJunit(report))).not.toMatch(acting)
  })

  test('is valid SARIF without a link in a message', () => {
    const sarif = toSarif(report)
    expect(sarifProblems(JSON.parse(sarif))).toEqual([])
    expect(sarif).not.toContain('](')
    expect(withoutLineFeeds(sarif)).not.toMatch(acting)
  })

  test('is a valid HTTP archive that keeps the text to the letter', () => {
    const har = JSON.parse(toHar(report))
    expect(harProblems(har)).toEqual([])
    expect(har.log.entries[1].response.content.text).toBe(text)
    expect(withoutLineFeeds(toHar(report))).not.toMatch(control)
  })

  test('adds no markup, link, picture, person or issue to Markdown', () => {
    const markdown = toMarkdown(report)
    expect(markupOf(markdown)).toEqual(markupOf(toMarkdown(calm)))
    const prose = markdown.replace(/^(`{3,})sh\n.*\n\1$/ms, '')
    expect(prose).not.toMatch(/@\w|#\d|:\/\/|www\.|<[a-z/!]/i)
    expect(withoutLineFeeds(markdown)).not.toMatch(acting)
  })

  test('adds no command to the annotations of GitHub', () => {
    const lines = toGithub(report).trimEnd().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^::warning file=[^:,]*,line=1,title=location-present::/)
    expect(lines[0]).not.toMatch(acting)
    expect(lines[0]).not.toContain('##[')
  })

  test('neither acts on a terminal nor commands the runner that keeps its output', () => {
    for (const width of [40, 60, 120]) {
      const output = toTerminal(report, { width })
      expect(withoutLineFeeds(output)).not.toMatch(acting)
      for (const line of output.split('\n')) expect(line.trimStart()).not.toMatch(/^::/)
      expect(output).not.toContain('##[')
    }
  })

  test('keeps every text in JSON, escaped', () => {
    expect(JSON.parse(toJson(report)).results[0].message).toBe(text)
    expect(withoutLineFeeds(toJson(report))).not.toMatch(control)
  })
})
