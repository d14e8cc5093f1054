import { execFile } from 'node:child_process'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFiles } from '../target/temporary-files.ts'

// The programs of the guide are run as a reader runs them, and once more on an app that answers without Location.

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const { folder } = temporaryFiles()

let blocks: Map<string, string>
beforeAll(async () => {
  const page = await readFile(join(ROOT, 'docs/guides/contract-tests.md'), 'utf8')
  blocks = new Map([...page.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name, text]) => [name!, text!]))
  await symlink(join(ROOT, 'node_modules'), join(folder(), 'node_modules'))
  for (const [name, text] of blocks) await writeFile(join(folder(), name), text)
  // What jest has as globals; jest itself is not installed here, its `expect` is.
  await writeFile(
    join(folder(), 'jest-globals.mjs'),
    `import { after, before, test } from 'node:test'
import { expect } from 'expect'
Object.assign(globalThis, { afterAll: after, beforeAll: before, expect, test })`,
  )
})

function run(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined, VITEST: undefined }
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder(), env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), said: stdout + stderr })
    })
  })
}

const programs = {
  'creations.test.mjs': ['--test', 'creations.test.mjs'],
  'orders.test.js': ['node_modules/vitest/vitest.mjs', 'run', '--root', '.', 'orders.test.js'],
  'orders.jest.test.mjs': ['--import', './jest-globals.mjs', '--test', 'orders.jest.test.mjs'],
} as const

describe('the guide', () => {
  it('has a program for every runner that it names', () => {
    expect([...blocks.keys()]).toEqual(['app.mjs', ...Object.keys(programs)])
  })

  it.each(Object.entries(programs))(
    'shows %s, which passes on its app, and fails without Location',
    async (_, args) => {
      await writeFile(join(folder(), 'app.mjs'), blocks.get('app.mjs')!)
      expect(await run(...args)).toMatchObject({ code: 0 })
      const faulty = blocks
        .get('app.mjs')!
        .replace(
          'const app = fastify()',
          `$&\n  app.addHook('onSend', async (_, reply) => void reply.removeHeader('Location'))`,
        )
      await writeFile(join(folder(), 'app.mjs'), faulty)
      const { code, said } = await run(...args)
      expect(code).toBe(1)
      expect(said).toMatch(/no Location/)
    },
  )
})
