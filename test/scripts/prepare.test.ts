import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSupportedNode as binaryRule } from '../../packages/cli/src/is-supported-node.ts'
// @ts-expect-error: a script, without types
import { isSupportedNode as scriptRule } from '../../scripts/is-supported-node.mjs'

const root = resolve(import.meta.dirname, '../..')

describe('the Node versions that are supported', () => {
  const versions = {
    '18.20.8': false,
    '20.18.3': false,
    '20.19.0': true,
    '20.20.2': true,
    '21.7.3': false,
    '22.12.0': false,
    '22.13.0': true,
    '23.11.0': false,
    '24.0.0': true,
    '26.1.0': true,
  }

  it.each(Object.entries(versions))('%s: the script and the binary agree', (version, isSupported) => {
    expect([scriptRule(version), binaryRule(version)]).toEqual([isSupported, isSupported])
  })

  it('are those that every package.json names', () => {
    const files = ['package.json', ...['server', 'verifier', 'cli'].map((name) => `packages/${name}/package.json`)]
    for (const file of files) {
      const { engines } = JSON.parse(readFileSync(join(root, file), 'utf8'))
      expect(engines.node, file).toBe('^20.19.0 || ^22.13.0 || >=24')
    }
  })
})

describe('npm start prepares', () => {
  // A copy, because building must not disturb who works in the original; its packages find each other and no others.
  const copy = mkdtempSync(join(tmpdir(), 'createonce-prepare-'))
  const run = (script: string, ...options: string[]) =>
    spawnSync(process.execPath, [...options, script], { cwd: copy, encoding: 'utf8' })

  beforeAll(() => {
    for (const name of ['package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts', 'packages']) {
      cpSync(join(root, name), join(copy, name), {
        recursive: true,
        preserveTimestamps: true,
        filter: (source) => !source.includes('node_modules') && !source.endsWith('/test'),
      })
    }
    mkdirSync(join(copy, 'node_modules/@createonce'), { recursive: true })
    const ours = new Set(['@createonce', 'createonce', '.createonce-build'])
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (!ours.has(name)) symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
    }
    for (const name of ['server', 'verifier']) {
      symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@createonce', name))
    }
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it('by building once, and by doing nothing as long as nothing changes', () => {
    expect(run('scripts/prepare.mjs')).toMatchObject({ status: 0, stdout: '', stderr: 'Building …\n' })
    expect(run('scripts/prepare.mjs')).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('by building again when a source changed', () => {
    const version = (): string => run('packages/cli/dist/main.js', '--no-warnings').stdout
    appendFileSync(join(copy, 'packages/cli/src/main.ts'), "\nprocess.stdout.write('changed')\n")
    expect(version()).not.toContain('changed')
    expect(run('scripts/prepare.mjs')).toMatchObject({ status: 0, stderr: 'Building …\n' })
    expect(version()).toContain('changed')
  })

  it('by saying in one sentence that a build failed, after what the compiler says', () => {
    appendFileSync(join(copy, 'packages/cli/src/main.ts'), 'const broken: string = 1\n')
    const { status, stdout, stderr } = run('scripts/prepare.mjs')
    expect(status).toBe(1)
    expect(stdout + stderr).toContain("Type 'number' is not assignable to type 'string'")
    expect(stderr).toMatch(/ended with code \d; its message stands above\.\n$/)
  })

  it('by saying in one sentence that Node is too old, as the binary does', () => {
    const old =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"18.20.8"}})'
    const prepared = run('scripts/prepare.mjs', '--import', old)
    expect(prepared).toMatchObject({ status: 1, stdout: '' })
    expect(prepared.stderr).toBe(
      'Createonce needs Node 20.19, 22.13, or 24 and later; this is 18.20.8. Install one of them and run the command again.\n',
    )
    const started = spawnSync(process.execPath, ['--import', old, join(root, 'packages/cli/dist/main.js'), 'demo'], {
      encoding: 'utf8',
    })
    expect(started).toMatchObject({ status: 2, stdout: '' })
    expect(started.stderr).toBe('createonce needs Node 20.19, 22.13, or 24 and later; this is 18.20.8.\n')
  })
})
