import { readdirSync, readFileSync } from 'node:fs'
import { events, type ProblemCode, problemCatalogue, problemPage, problemSignature } from '@createonce/server'
import { memoryStore } from '@createonce/server/memory'
import type { SqliteStore } from '@createonce/server/sqlite'
import { checks } from '@createonce/verifier'
import { describe, expect, it } from 'vitest'
// @ts-expect-error A script has no types.
import { checkPages as readCheckPages } from '../../../../scripts/check-pages.mjs'
import { createCreations } from '../../src/bookshop/creations.ts'
import { openapiDocument } from '../../src/bookshop/openapi-document.ts'
import { checkPages } from '../../src/runbook/check-pages.ts'
import { runbookEntries } from '../../src/runbook/entries.ts'
import type { RunbookEntry } from '../../src/runbook/entry.ts'
import { findEntry } from '../../src/runbook/find-entry.ts'
import { toHtml } from '../../src/runbook/html/to-html.ts'
import { builtInTables } from '../../src/runbook/tables.ts'
import { toMarkdown } from '../../src/runbook/to-markdown.ts'
import { toTerminal } from '../../src/runbook/to-terminal.ts'

const entries = runbookEntries(builtInTables)
const codes = Object.keys(problemCatalogue) as ProblemCode[]
const entry = (code: string): RunbookEntry => findEntry(code, entries)
const document = openapiDocument(createCreations({ store: memoryStore() as unknown as SqliteStore }), undefined) as {
  paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>>
}
/** Every response of every creation of the bookshop, by status. */
const creationResponses = Object.values(document.paths).flatMap(({ post }) => Object.entries(post?.responses ?? {}))
const text = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')

describe('the runbook', () => {
  it('has an entry for every problem, alert, probe and check, and no code twice', () => {
    const { problems, alerts, probes } = builtInTables
    const all = [...Object.keys(problems), ...[...alerts, ...probes, ...checks].map(({ id }) => id)]
    expect(entries.map(({ code }) => code)).toEqual(all)
    expect(new Set(all.map((code) => code.toLowerCase())).size).toBe(all.length)
    expect(all.length).toBeGreaterThan(codes.length + 50)
  })

  it('says in every entry what it means and what to do first, in sentences', () => {
    for (const { code, title, signature, meaning, firstResponse } of entries) {
      expect(title, code).not.toMatch(/\.$/)
      for (const sentence of [signature, meaning, firstResponse]) expect(sentence, code).toMatch(/^\S.{10,}[.)]$/)
    }
  })

  it('has in its code only names that are codes, which need no escape anywhere', () => {
    for (const { code } of entries) expect(code).toMatch(/^[\w.-]+$/)
  })

  it('tells of a check what its page tells; after a change there, `node scripts/check-pages.mjs` writes it anew', () => {
    expect(checkPages).toEqual(readCheckPages())
  })

  it('makes an entry of a probe and of an alert', () => {
    const probe = {
      id: 'postgres-answers',
      needs: 'PostgreSQL answers',
      how: 'It is asked for its version.',
      why: 'Nothing is created without it.',
      mend: 'Start PostgreSQL.',
      look: () => [],
    }
    const alert = {
      id: 'CreationsFail',
      title: 'Creations fail',
      expression: 'rate(x) > 1',
      meaning: 'More than one in a hundred fails.',
      firstResponse: 'Look for `creation.failed` in the logs.',
    }
    const made = runbookEntries({ ...builtInTables, probes: [probe], alerts: [alert] })
    expect(findEntry('postgres-answers', made)).toMatchObject({
      kind: 'probe',
      title: 'PostgreSQL answers',
      firstResponse: 'Start PostgreSQL. Then look again: `createonce doctor`.',
    })
    expect(findEntry('CreationsFail', made)).toMatchObject({
      kind: 'alert',
      signature: expect.stringContaining('rate(x) > 1'),
    })
  })
})

describe('a problem is the same in', () => {
  it.each(codes)('code, documentation, OpenAPI document, log, its own page and runbook: %s', (code) => {
    const { title, status, meaning, client, transient, firstResponse, rollBack, escalation } = problemCatalogue[code]
    const { event, level } = problemSignature(code)

    expect(entry(code)).toMatchObject({ kind: 'problem', title, meaning, firstResponse, rollBack, escalation })
    expect(entry(code).transient).toBe(`${transient.passes ? 'Yes' : 'No'}. ${transient.lasts}`)
    expect(entry(code).client).toContain(client)
    for (const part of [`"event":"${event}"`, `"code":"${code}"`, `level ${level}`, String(status)])
      expect(entry(code).signature).toContain(part)

    expect(events[event].level).toBe(level)
    expect(text('docs/reference/events.md')).toContain(`| \`${event}\` | ${level} |`)

    const section = text('docs/reference/problems.md').split(`\n## ${code}\n`)[1]!.split('\n## ')[0]
    for (const part of [title, meaning, client, transient.lasts, firstResponse, rollBack, escalation, level])
      expect(section).toContain(part)

    const documented = creationResponses.filter(([, { description }]) => description.includes(`\`${code}\``))
    for (const [known, { description }] of documented) {
      expect(known).toBe(String(status))
      expect(description).toContain(`\`${code}\`: ${title}.`)
    }
    // Over SQLite no crash leaves a key behind, and nothing in the bookshop is created by PUT.
    const foreign = ['idempotency-key-blocked', 'precondition-failed', 'precondition-required']
    expect(documented.length > 0).toBe(!foreign.includes(code))

    expect(JSON.parse(problemPage(code).body!)).toEqual({
      code,
      ...problemCatalogue[code],
      signature: { event, code, level },
    })
  })

  it('and nothing but problems of the catalogue stands in the OpenAPI document and in the documentation', () => {
    const named = [...JSON.stringify(document).matchAll(/`([a-z-]+)`: /g)].map(([, code]) => code)
    expect(codes).toEqual(expect.arrayContaining(named))
    const sections = [...text('docs/reference/problems.md').matchAll(/^## ([a-z-]+)$/gm)].map(([, code]) => code)
    expect(sections).toEqual(codes)
  })

  it('every check has a page, and every page a check', () => {
    const pages = readdirSync(new URL('../../../../docs/reference/checks/', import.meta.url))
    expect(checks.map(({ id }) => `${id}.md`).sort()).toEqual(pages.filter((name) => name !== 'README.md').sort())
  })
})

describe('the own entries', () => {
  it('replace what they say, leave the rest, and add links', () => {
    const escalation = 'Call the database team.'
    const [mine] = runbookEntries(builtInTables, { overloaded: { escalation, links: ['https://a.example/x'] } }).filter(
      ({ code }) => code === 'overloaded',
    )
    expect(mine).toEqual({ ...entry('overloaded'), escalation, links: ['https://a.example/x'] })
  })

  it('stand at the end under codes of their own', () => {
    const own = { title: 'Mail is late', meaning: 'The queue is long.', firstResponse: 'Add a worker.' }
    expect(runbookEntries(builtInTables, { 'mail-late': own }).at(-1)).toEqual({
      code: 'mail-late',
      kind: 'own',
      ...own,
      links: [],
    })
  })

  it.each([
    [
      { overlaoded: { escalation: 'x' } },
      'runbook.overlaoded: there is no such code; is overloaded meant? An entry of your own needs',
    ],
    [{ 'mail-late': { title: 'x' } }, 'runbook.mail-late: there is no such code. An entry of your own needs title'],
    [{ 'a b': { title: 'x', meaning: 'x', firstResponse: 'x' } }, 'runbook: "a b" is not a code'],
  ])('that cannot be used are refused: %j', (own, message) => {
    expect(() => runbookEntries(builtInTables, own)).toThrow(message)
  })
})

describe('a code', () => {
  it.each([
    'store-unavailable',
    'Store-Unavailable',
    '/problems/store-unavailable',
    'https://a.example/problems/store-unavailable',
    '#store-unavailable',
  ])('is found by %s', (given) => expect(entry(given).code).toBe('store-unavailable'))

  it.each([
    ['store-unavailble', 'is store-unavailable meant?'],
    ['blocked', 'is CreateonceKeyBlocked or idempotency-key-blocked meant?'],
    ['location-resolve', 'location-resolves'],
  ])('that is none is answered with what may be meant: %s', (given, meant) => {
    expect(() => entry(given)).toThrow(meant)
  })

  it('that is like nothing gets no suggestion, and acts on no terminal', () => {
    expect(() => entry('qqqq\u001b[31m')).toThrow(
      /^there is no code qqqq\\x1b\[31m\. `createonce runbook` lists all of them\.$/,
    )
  })
})

describe('foreign text', () => {
  const nasty = '<img src=x onerror=alert(1)> [a](javascript:alert(1)) *b* | `<i>` \u001b[31m\n# c'
  const own = {
    title: nasty,
    meaning: nasty,
    firstResponse: nasty,
    links: ['javascript:alert(1)', 'https://a.example/?"><b>'],
  }
  const [hostile] = runbookEntries(builtInTables, { hostile: own }).slice(-1)

  it('is text in HTML', () => {
    const html = toHtml([hostile!])
    expect(html).not.toMatch(/<img|<i>|<b>|href="javascript/)
    expect(html).toContain('<code>&lt;i&gt;</code>')
  })

  it('is text in Markdown', () => {
    const markdown = toMarkdown([hostile!])
    expect(markdown).not.toMatch(/(?<!\\)<img|(?<!\\)\[a|^# c|(?<!\\)\*b/m)
    expect(markdown).not.toContain('\u001b')
  })

  it('is text in the terminal', () => {
    expect(toTerminal(hostile!)).not.toContain('\u001b')
    expect(
      Math.max(
        ...toTerminal(entry('store-unavailable'))
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80)
  })
})
