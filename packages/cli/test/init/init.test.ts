import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { type InitFlags, runInit } from '../../src/init/run-init.ts'
import { UsageError } from '../../src/usage-error.ts'
import { createonce } from '../createonce.ts'
import { makeProject } from './make-project.ts'

const started = { scripts: { start: 'node server.js' } }
const planned = (files: Readonly<Record<string, string | object>>, flags: InitFlags = {}) =>
  JSON.parse(runInit(makeProject(files), { ...flags, dryRun: true, json: true }))
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8')
const WORKFLOW = '.github/workflows/createonce.yml'

describe('what is found out about a project', () => {
  it.each([
    [{ dependencies: { fastify: '5' } }, { framework: 'Fastify', baseUrl: 'http://localhost:3000' }],
    [{ dependencies: { express: '5', '@nestjs/core': '11' } }, { framework: 'NestJS' }],
    [{ dependencies: { '@adonisjs/core': '6' } }, { framework: 'AdonisJS', baseUrl: 'http://localhost:3333' }],
    [{ dependencies: { left: '1' } }, { framework: null }],
    [{ devDependencies: { vitest: '4' } }, { testRunner: 'vitest' }],
    [{ devDependencies: { jest: '30' } }, { testRunner: 'jest' }],
    [{}, { testRunner: 'node:test', packageManager: 'npm', isTypeScript: false, start: 'npm start' }],
    [{ devDependencies: { typescript: '7' } }, { isTypeScript: true }],
    [{ packageManager: 'pnpm@10.0.0' }, { packageManager: 'pnpm', start: 'pnpm run start' }],
    [{ scripts: { start: 'PORT=8080 node .' } }, { baseUrl: 'http://localhost:8080' }],
    [{ scripts: { start: 'next start --port=4000' } }, { baseUrl: 'http://localhost:4000' }],
    [{ scripts: {}, main: 'app.js' }, { start: 'node app.js' }],
  ])('%j: %j', (manifest, expected) => {
    expect(planned({ 'package.json': { ...started, ...manifest } }).project).toMatchObject(expected)
  })

  it.each([
    ['package-lock.json', 'npm'],
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
  ])('%s: %s', (file, name) => {
    expect(planned({ 'package.json': started, [file]: '' }).project.packageManager).toBe(name)
  })

  it('is outranked by the command line', () => {
    const flags = { baseUrl: 'http://localhost:8080/api/', start: 'make run' }
    expect(planned({ 'package.json': started }, flags).project).toMatchObject({
      baseUrl: 'http://localhost:8080/api',
      start: 'make run',
    })
  })

  it('where there is no package.json, is enough for a configuration in JSON and probes', () => {
    expect(planned({}).files.map(({ path }: { path: string }) => path)).toEqual([
      'createonce.config.json',
      'createonce-probes.yaml',
    ])
  })
})

describe('what is written', () => {
  const write = (files: Readonly<Record<string, string | object>>, flags: InitFlags = {}) => {
    const folder = makeProject({ 'package.json': started, ...files })
    return { folder, said: runInit(folder, flags) }
  }

  it('names the document and the health checks that are there, and no others', () => {
    const { folder } = write({
      'openapi.yaml': '',
      'src/app.js': "app.get('/readyz', ok); app.get('/livez', ok); app.get('/live', stream)",
      'node_modules/other/index.js': "app.get('/health/ready')",
    })
    const config = read(folder, 'createonce.config.mjs')
    expect(config).toContain("\n      document: 'openapi.yaml',\n")
    expect(config).toContain("\n      ready: '/readyz',\n")
    const probes = parse(read(folder, 'createonce-probes.yaml'))
    expect(probes).toMatchObject({
      readinessProbe: { httpGet: { path: '/readyz', port: 3000 } },
      livenessProbe: { httpGet: { path: '/livez', port: 3000 } },
      startupProbe: { httpGet: { path: '/livez', port: 3000 } },
    })
    expect(read(folder, 'createonce-probes.yaml')).not.toContain('has yet to answer')
  })

  it('says of health checks that are not there that the service has yet to answer', () => {
    const { folder } = write({})
    expect(read(folder, 'createonce-probes.yaml')).toContain('the service has yet to answer at these paths')
    expect(read(folder, 'createonce.config.mjs')).toContain("\n      // ready: '/health/ready',\n")
  })

  const manifests = [
    ['npm', 'package-lock.json', 'npm ci'],
    ['pnpm', 'pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
    ['yarn', 'yarn.lock', 'yarn install'],
    ['bun', 'bun.lock', 'bun install --frozen-lockfile'],
  ] as const
  it.each(manifests)('is a workflow of known members alone, for %s', (name, lock, install) => {
    const { folder } = write({ [lock]: '', 'package.json': { scripts: { start: 'node .', build: 'tsc' } } })
    const workflow = parse(read(folder, WORKFLOW), { strict: true })
    expect(Object.keys(workflow).sort()).toEqual(['jobs', 'name', 'on', 'permissions'])
    expect(workflow.permissions).toEqual({ contents: 'read', 'security-events': 'write' })
    const { steps, ...job } = workflow.jobs.creations
    expect(Object.keys(job).sort()).toEqual(['runs-on', 'timeout-minutes'])
    for (const step of steps) {
      expect(('run' in step ? 1 : 0) + ('uses' in step ? 1 : 0), JSON.stringify(step)).toBe(1)
      if ('uses' in step) expect(step.uses).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/)
      const known = ['name', 'run', 'uses', 'with', 'if', 'continue-on-error']
      expect(Object.keys(step).filter((key) => !known.includes(key))).toEqual([])
    }
    const runs = steps.flatMap(({ run }: { run?: string }) => run ?? [])
    expect(runs.filter((run: string) => run !== 'corepack enable').slice(0, 2)).toEqual([
      install,
      name === 'npm' ? 'npm run build' : `${name} run build`,
    ])
  })

  it('is a workflow where GitHub looks for it, when the project is a folder of a repository', () => {
    const repository = makeProject({ 'packages/shop/package.json': started, 'package-lock.json': '' })
    mkdirSync(join(repository, '.git'))
    runInit(join(repository, 'packages/shop'), {})
    const { jobs } = parse(read(repository, WORKFLOW), { strict: true })
    expect(jobs.creations.defaults).toEqual({ run: { 'working-directory': 'packages/shop' } })
    expect(JSON.stringify(jobs.creations.steps)).toContain('"sarif_file":"packages/shop/createonce.sarif"')
    expect(existsSync(join(repository, 'packages/shop/.github'))).toBe(false)
  })

  it('holds a command with quotes as it was given', () => {
    const start = `node -e "console.log('a: \\\\ #b')"`
    const { folder } = write({}, { start })
    const { jobs } = parse(read(folder, WORKFLOW), { strict: true })
    const { run } = jobs.creations.steps.find(({ name }: { name?: string }) => name === 'Start the service')
    expect(run).toBe(`${start} > createonce-service.log 2>&1 &\n`)
    const [, literal] = /^const start = (.*)$/m.exec(read(folder, 'test/creations.test.mjs'))!
    expect(new Function(`return ${literal}`)()).toBe(start)
  })

  it('is YAML of one document', () => {
    const { folder } = write({})
    for (const path of [WORKFLOW, 'createonce-probes.yaml'])
      expect(parseAllDocuments(read(folder, path)).map(({ errors, warnings }) => [errors, warnings])).toEqual([
        [[], []],
      ])
  })
})

describe('what is there', () => {
  it('stays as it is, and the lines that differ are shown', () => {
    const mine = 'import assert from "node:assert"\n'
    const folder = makeProject({ 'package.json': started, [WORKFLOW]: 'name: mine\n', 'test/creations.test.mjs': mine })
    const said = runInit(folder, {})
    expect([read(folder, WORKFLOW), read(folder, 'test/creations.test.mjs')]).toEqual(['name: mine\n', mine])
    expect(said).toContain(`left as it is: ${WORKFLOW}`)
    expect(said).toMatch(/^ {2}-name: mine$/m)
    expect(said).toMatch(/^ {2}\+name: createonce$/m)
    expect(said).toContain('written: createonce.config.mjs')
  })

  it('is all there is after a second run', () => {
    const folder = makeProject({ 'package.json': started })
    runInit(folder, {})
    const { files } = JSON.parse(runInit(folder, { json: true }))
    expect(files.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['same', 'same', 'same', 'same'])
  })

  it('is the configuration, whatever its ending', () => {
    const folder = makeProject({ 'package.json': started, 'createonce.config.json': '{}' })
    expect(runInit(folder, {})).toContain('left as it is: createonce.config.json')
    expect(readdirSync(folder).filter((name) => name.startsWith('createonce.config'))).toEqual([
      'createonce.config.json',
    ])
  })

  it('may be a link that leads nowhere: nothing is written through it', () => {
    const folder = makeProject({ 'package.json': started })
    symlinkSync(join(folder, 'elsewhere.yaml'), join(folder, 'createonce-probes.yaml'))
    expect(runInit(folder, {})).toContain('left as it is: createonce-probes.yaml')
    expect(existsSync(join(folder, 'elsewhere.yaml'))).toBe(false)
  })

  it('is all there is after a dry run', () => {
    const folder = makeProject({ 'package.json': started })
    expect(runInit(folder, { dryRun: true })).toContain('would be written: createonce.config.mjs')
    expect(readdirSync(folder)).toEqual(['package.json'])
  })
})

describe('createonce init is refused, with nothing written,', () => {
  it.each([
    ['where nothing says how the service is started', { 'package.json': {} }, {}, 'package.json has no start script'],
    ['where package.json is not JSON', { 'package.json': '{' }, {}, 'package.json cannot be read'],
    ['where package.json is a list', { 'package.json': [] }, {}, 'package.json is not a JSON object'],
    ['for an address that is none', { 'package.json': started }, { baseUrl: 'localhost:1' }, 'is not an http://'],
    ['for a password', { 'package.json': started }, { baseUrl: 'http://a:hunter2@localhost' }, 'holds a credential'],
    ['for a command of two lines', { 'package.json': started }, { start: 'a\nb' }, '--start is one line'],
  ] as const)('%s', (_, files, flags, message) => {
    const folder = makeProject(files)
    expect(() => runInit(folder, flags)).toThrow(UsageError)
    expect(() => runInit(folder, flags)).toThrow(message)
    expect(() => runInit(folder, flags)).not.toThrow('hunter2')
    expect(readdirSync(folder)).toEqual(['package.json'])
  })

  it('with the exit code of wrong usage', async () => {
    const { code, stdout, stderr } = await createonce(['init'], { cwd: makeProject({ 'package.json': {} }) })
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining("createonce init --start 'node server.js'")])
  })

  it('where a file stands in the place of a folder: it is named', () => {
    const folder = makeProject({ 'package.json': started, '.github': 'a file' })
    expect(() => runInit(folder, {})).toThrow(`${WORKFLOW}`)
  })
})

it('control characters of a package.json do not reach the terminal', () => {
  const folder = makeProject({ 'package.json': { ...started, main: '\u001b[2J' } })
  writeFileSync(join(folder, 'createonce-probes.yaml'), '\u001b[2J\n')
  chmodSync(join(folder, 'createonce-probes.yaml'), 0o444)
  expect(runInit(folder, {})).not.toContain('\u001b')
})
