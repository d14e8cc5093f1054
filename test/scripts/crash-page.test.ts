import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { faults } from '../../scripts/crash/faults.mjs'
// @ts-expect-error: a script, without types
import { harmsTo } from '../../scripts/crash/harms.mjs'
// @ts-expect-error: a script, without types
import { postgresWire } from '../../scripts/crash/wire/postgres-wire.mjs'
// @ts-expect-error: a script, without types
import { redisWire } from '../../scripts/crash/wire/redis-wire.mjs'

const page = readFileSync(new URL('../../docs/explanation/crash-suite.md', import.meta.url), 'utf8')

/** The first cells of a table, without what explains them. */
function firstCells(heading: string): string[] {
  const [, table = ''] = new RegExp(`\\| ${heading} \\|[^\\n]*\\n\\|[-|]*\\n((?:\\|[^\\n]*\\n)*)`).exec(page) ?? []
  return [...table.matchAll(/^\| `([^`]*)`/gm)].map(([, name]) => name!)
}

it('the page names every kind of harm, and no other', () => {
  const kinds = [postgresWire, redisWire].flatMap(({ marks }) =>
    harmsTo({ marks, kill() {} }).map(({ kind }: { kind: string }) => kind),
  )
  expect(new Set(firstCells('kind'))).toEqual(new Set(kinds))
})

it('the page names every fault that the suite has to find, and no other', () => {
  expect(firstCells('fault')).toEqual(Object.keys(faults))
})
