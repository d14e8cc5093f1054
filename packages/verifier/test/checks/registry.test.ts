import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checks } from '../../src/index.ts'

const source = new URL('../../src/checks/', import.meta.url)
const pages = new URL('../../../../docs/reference/checks/', import.meta.url)
const ids = checks.map(({ id }) => id)

describe('the registry of checks', () => {
  test('lists every file of its folder but two, and each once', () => {
    const files = readdirSync(source).filter((name) => name !== 'check.ts' && name !== 'registry.ts')
    expect([...ids].sort()).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has a page for every check, and no page without one', () => {
    const written = readdirSync(pages).filter((name) => name !== 'README.md')
    expect(written.sort()).toEqual(ids.map((id) => `${id}.md`).sort())
  })

  test.each(checks)('agrees with the page of $id', ({ id, title, group, level, basis, source: texts }) => {
    const page = readFileSync(new URL(`${id}.md`, pages), 'utf8')
    expect(page).toContain(`# ${id}\n`)
    expect(page).toContain(`${title}.`)
    expect(page).toContain(`| ${level} | ${basis} | ${group} | ${texts} |`)
  })

  test('says on the overview page which checks hold for a PUT', () => {
    const overview = readFileSync(new URL('README.md', pages), 'utf8')
    const [, own = '', shared = ''] = /these are judged: ([^;]*); and, as of a POST: ([^.]*)\./.exec(overview) ?? []
    const named = (text: string) => [...text.matchAll(/`([a-z0-9-]+)`/g)].map(([, id]) => id).sort()
    const holding = (methods: string) =>
      checks.filter((check) => (check.methods ?? ['POST']).join() === methods).map(({ id }) => id)
    expect(named(own)).toEqual(holding('PUT').sort())
    expect(named(shared)).toEqual(holding('POST,PUT').sort())
  })

  test('is listed whole on the overview page', () => {
    const overview = readFileSync(new URL('README.md', pages), 'utf8')
    const linked = [...overview.matchAll(/\]\(([a-z0-9-]+)\.md\)/g)].map(([, id]) => id)
    expect(linked.sort()).toEqual([...ids].sort())
  })
})
