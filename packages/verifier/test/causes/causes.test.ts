import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { causes, checks } from '../../src/index.ts'
import { proofs } from '../fixes/proofs.ts'
import { fixPages } from '../fixes/read-fix-page.ts'

const checkPages = new URL('../../../../docs/reference/checks/', import.meta.url)
const registered = checks.map(({ id }) => id)
const named = causes.flatMap(({ checks: ids }) => ids)
// Checks whose cause has no page with programs yet; a check that is not in this list must have one.
const withoutCause: readonly string[] = [
  'link-created',
  'digest-checked',
  // What other guidelines ask for is a choice, and what its page says is done in a line.
  ...checks.filter((check) => check.guidelines !== undefined).map(({ id }) => id),
]

describe('the table of causes', () => {
  test('has one cause for every check, but for those that still lack a page', () => {
    expect(registered.filter((id) => !named.includes(id)).sort()).toEqual([...withoutCause].sort())
    expect(named.filter((id, index) => named.indexOf(id) !== index)).toEqual([])
  })

  test('names no check that does not exist', () => {
    expect(named.filter((id) => !registered.includes(id))).toEqual([])
  })

  test('has a page for every cause, and no page without one', () => {
    const written = readdirSync(fixPages).filter((name) => name !== 'README.md')
    expect(written.sort()).toEqual(causes.map(({ id }) => `${id}.md`).sort())
  })

  test('has a proof for every cause, whose programs are run with its checks', () => {
    expect(Object.keys(proofs).sort()).toEqual(causes.map(({ id }) => id).sort())
    const strangers = causes.flatMap(({ id, checks: ids }) =>
      (proofs[id]?.unseen ?? []).filter(({ check }) => !ids.includes(check)),
    )
    expect(strangers).toEqual([])
  })

  test.each(causes)('agrees with the page of $id', ({ id, title, checks: ids }) => {
    const page = readFileSync(new URL(`${id}.md`, fixPages), 'utf8')
    expect(page).toContain(`# ${title}\n`)
    expect(page).toContain(`| ${ids.map((check) => `[${check}](../checks/${check}.md)`).join(', ')} |`)
    for (const heading of ['What goes wrong', 'Why it matters', 'How to fix it'])
      expect(page).toMatch(new RegExp(`^## ${heading}\n\n\\S`, 'm'))
  })

  test('is listed whole, and in its order, on the overview page', () => {
    const overview = readFileSync(new URL('README.md', fixPages), 'utf8')
    const rows = causes.map(({ id, title, checks: ids }) => {
      return `| [${title}](${id}.md) | ${ids.map((check) => `[${check}](../checks/${check}.md)`).join(', ')} |\n`
    })
    expect(overview.split('|---|---|\n')[1]).toBe(rows.join(''))
  })
})

test.each(checks.filter(({ id }) => named.includes(id)))(
  'the page of $id ends with the link to its cause',
  ({ id }) => {
    const cause = causes.find(({ checks: ids }) => ids.includes(id))
    const page = readFileSync(new URL(`${id}.md`, checkPages), 'utf8')
    const link = `The cause, with programs in Express, Fastify and Flask: [${cause?.title}](../fixes/${cause?.id}.md).\n`
    expect(page.slice(-link.length)).toBe(link)
  },
)
