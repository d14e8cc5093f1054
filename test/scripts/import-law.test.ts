import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LAW = join(ROOT, 'scripts/import-law.mjs')

const FORBIDDEN = [
  ['plan', 'fastify'],
  ['plan', '../rows/sqlite/sqlite-rows.ts'],
  ['shape', 'fastify'],
  ['shape', '@createonce/server/postgres'],
  ['query', '../rows/open-rows.ts'],
  ['rows', 'fastify'],
  ['rows', '@createonce/verifier/document'],
  ['rows', '../plan/plan.ts'],
  ['security', '../plan/plan.ts'],
  ['security', '../rows/rows.ts'],
  ['conditions', '../plan/plan.ts'],
  ['conditions', '../rows/rows.ts'],
  ['pages', '../plan/plan.ts'],
  ['pages', '../rows/rows.ts'],
  ['forms', '../../../../server/src/index.ts'],
] as const

let copy: string
let code: number | null
let told: readonly string[]

// One run of the law over all of them: it reads every source that there is.
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'createonce-law-'))
  for (const name of ['server', 'verifier', 'cli']) {
    cpSync(join(ROOT, 'packages', name, 'src'), join(copy, 'packages', name, 'src'), { recursive: true })
  }
  for (const [index, [room, imported]] of FORBIDDEN.entries()) seed(room, `forbidden-${index}`, imported)
  seed('shape', 'allowed', '@createonce/verifier/document')
  const ended = spawnSync(process.execPath, [LAW], { cwd: copy, encoding: 'utf8' })
  code = ended.status
  told = ended.stderr.split('\n').filter((line) => line !== '')
})
afterAll(() => rmSync(copy, { recursive: true }))

function seed(room: string, name: string, imported: string): void {
  const text = `import {\n  one,\n} from '${imported}'\nexport const seeded = one\n`
  writeFileSync(join(copy, 'packages/cli/src/serve', room, `${name}.ts`), text)
}

describe('the import law', () => {
  it.each(FORBIDDEN.map(([room, imported], index) => [room, imported, index] as const))(
    'keeps the room %s of a served document from %s',
    (room, imported, index) => {
      const breach = `packages/cli/src/serve/${room}/forbidden-${index}.ts imports ${imported}: packages/cli/src`
      expect(told.filter((line) => line.startsWith(breach))).toHaveLength(1)
    },
  )

  it('finds nothing else, and ends with 1', () => {
    expect([code, told.length]).toEqual([1, FORBIDDEN.length])
  })
})
