import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ProblemCode, problemCatalogue, problemSignature } from '../../src/index.ts'
import { tableRows } from './table-rows.ts'

const page = readFileSync(new URL('../../../../docs/reference/problems.md', import.meta.url), 'utf8')
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
)

describe('the page of the problems', () => {
  it('has the rows of the catalogue in its table, and no others', () => {
    const rows = tableRows(page, 'code')
    expect(rows).toEqual(
      Object.entries(problemCatalogue).map(([code, { status, title, retry, event }]) => [
        `[\`${code}\`](#${code})`,
        String(status),
        title,
        `\`${retry}\``,
        `\`${event}\``,
      ]),
    )
  })

  it('has a section for each code, and no others', () => {
    expect([...sections.keys()]).toEqual(['All codes', ...Object.keys(problemCatalogue)])
  })

  it.each(Object.entries(problemCatalogue))('says of %s what the catalogue says, and its log line', (code, entry) => {
    const { event, level } = problemSignature(code as ProblemCode)
    const [, heading, meaning, list] = sections.get(code)!.trim().split('\n\n')
    expect(heading).toBe(`**${entry.title}** · ${entry.status} · retry \`${entry.retry}\` · event \`${entry.event}\``)
    expect(meaning).toBe(entry.meaning)
    expect(list!.split('\n')).toEqual([
      `- **Log line:** level \`${level}\`, \`"event":"${event}"\`, \`"code":"${code}"\``,
      `- **Passes by itself:** ${entry.transient.passes ? 'Yes' : 'No'}. ${entry.transient.lasts}`,
      `- **Client:** ${entry.client}`,
      `- **First response:** ${entry.firstResponse}`,
      `- **Roll-back:** ${entry.rollBack}`,
      `- **Escalation:** ${entry.escalation}`,
    ])
  })

  it('explains every retry rule that the catalogue uses, and no others', () => {
    const explained = tableRows(page, 'rule').map(([rule]) => rule)
    const used = new Set(Object.values(problemCatalogue).map(({ retry }) => `\`${retry}\``))
    expect(new Set(explained)).toEqual(used)
  })
})
