import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { freePort } from '../../../../scripts/free-port.mjs'
import { loadConfig } from '../../src/config/load-config.ts'
import { createonce } from '../createonce.ts'
import { linkPackages, makeProject, npmOfWorkspace } from './make-project.ts'
import { runBash } from './run-bash.ts'

// Creates, and answers 200 without Location.
const WRONG = `import { createServer } from 'node:http'
const url = 'http://localhost:' + process.argv[3]
const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
const requestBody = { required: true, content: { 'application/json': { schema } } }
const post = { operationId: 'createThing', requestBody, responses: { 201: { description: 'made' } } }
const document = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, servers: [{ url }], paths: { '/things': { post } } }
createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.method === 'POST' ? { id: 1 } : document))
  })
}).listen(Number(process.argv[3]))
`
const bookshop = (port: number) => ({ start: `createonce serve --port ${port} --store memory:` })
const wrong = (port: number) => ({ start: `node wrong.mjs --port ${port}` })

interface Step {
  readonly name?: string
  readonly run?: string
  readonly uses?: string
  readonly if?: string
}

async function initialised(manifest: object, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = makeProject({ 'package.json': manifest, ...files })
  const { code, stderr } = await createonce(['init'], { cwd: folder })
  expect([code, stderr]).toEqual([0, ''])
  return folder
}
const workflowOf = (folder: string) =>
  parse(readFileSync(join(folder, '.github/workflows/createonce.yml'), 'utf8'), { strict: true })

/** Has a profile judge by two checks alone. */
function narrow(file: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('local: {', "local: {\n checks: ['created-status-201', 'location-present'],"))
}

/** Runs the steps that always run, in order, until one fails; returns what each was and how it ended. */
async function runSteps(folder: string): Promise<[string, number | null][]> {
  const env = npmOfWorkspace()
  const ended: [string, number | null][] = []
  const runs: Awaited<ReturnType<typeof runBash>>[] = []
  try {
    for (const step of workflowOf(folder).jobs.creations.steps as Step[]) {
      if (step.run === undefined || step.if !== undefined) continue
      runs.push(await runBash(step.run, { cwd: folder, env }))
      const { code } = runs.at(-1)!
      ended.push([step.name!, code])
      if (code !== 0) break
    }
    return ended
  } finally {
    for (const { end } of runs) end()
  }
}

describe.concurrent('what createonce init writes into a project runs as it is', () => {
  it('the workflow, on a right service: every step succeeds, and the findings are in SARIF', async () => {
    const folder = await initialised({ scripts: bookshop(await freePort()) })
    expect(await runSteps(folder)).toEqual([
      ['Install', 0],
      ['Start the service', 0],
      ['Smoke', 0],
      ['Verify', 0],
    ])
    expect(JSON.parse(readFileSync(join(folder, 'createonce.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
  })

  it('the workflow, on a wrong service: it fails', async () => {
    const folder = await initialised({ scripts: wrong(await freePort()) }, { 'wrong.mjs': WRONG })
    expect((await runSteps(folder)).at(-1)).toEqual(['Smoke', 1])
  })

  const contracts = [
    ['node:test', {}, 'node --test test/creations.test.mjs'],
    ['vitest', { vitest: '4' }, 'npx --no-install vitest run test/creations.test.ts'],
    // Its globals are stood in for by those of node:test.
    ['jest', { jest: '30' }, 'node --require ./globals.cjs --test test/creations.test.js'],
  ] as const
  const globals = `const { before, after, test } = require('node:test')
Object.assign(globalThis, { beforeAll: (run) => before(run), afterAll: after, test: (name, run) => test(name, run) })`

  it.each(contracts)('the contract test for %s: passes on a right service, fails on a wrong one', async (...row) => {
    const [runner, devDependencies, command] = row
    const packages = runner === 'vitest' ? ['vitest'] : []
    const seen: unknown[] = []
    for (const scripts of [bookshop(await freePort()), wrong(await freePort())]) {
      const files = {
        'wrong.mjs': WRONG,
        'globals.cjs': globals,
        ...(runner === 'vitest' && { 'tsconfig.json': '{}' }),
      }
      const folder = await initialised({ scripts, devDependencies }, files)
      linkPackages(folder, packages)
      // The workflow runs all checks; here it is about how the test is started, and what it makes of a finding.
      narrow(join(folder, `createonce.config.${runner === 'vitest' ? 'ts' : 'mjs'}`))
      const env = npmOfWorkspace()
      await runBash('npm install', { cwd: folder, env })
      if (runner === 'vitest')
        await runBash('ln -s ../vitest/vitest.mjs node_modules/.bin/vitest', { cwd: folder, env })
      const { code, said, end } = await runBash(command, { cwd: folder, env })
      end()
      seen.push(code, /created-status-201|location-present/.test(said))
    }
    expect(seen).toEqual([0, false, 1, true])
  })

  it.each([
    ['TypeScript', { devDependencies: { typescript: '7' } }, 'createonce.config.ts'],
    ['JavaScript', {}, 'createonce.config.mjs'],
  ])('the configuration in %s is read as it is', async (_, manifest, name) => {
    const folder = await initialised({ ...manifest, scripts: { start: 'node server.js' } })
    const { config, file } = await loadConfig(folder)
    expect(file).toBe(join(folder, name))
    expect(config).toEqual({ profile: 'local', profiles: { local: { baseUrl: 'http://localhost:3000' } } })
  })

  it('the configuration and the contract test in TypeScript have no error of types', async () => {
    const options = { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: ['node'] }
    const folder = await initialised(
      { type: 'module', scripts: { start: 'node server.js' }, devDependencies: { vitest: '4', typescript: '7' } },
      { 'tsconfig.json': JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true } }) },
    )
    linkPackages(folder, ['vitest', '@types'])
    await runBash('npm install', { cwd: folder, env: npmOfWorkspace() })
    const compiler = new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url).pathname
    const check = () => runBash(`node ${compiler} -p .`, { cwd: folder })
    expect(await check()).toMatchObject({ code: 0, said: '' })
    const config = join(folder, 'createonce.config.ts')
    writeFileSync(config, readFileSync(config, 'utf8').replace('baseUrl:', 'baseURL:'))
    expect((await check()).said).toContain("'baseURL' does not exist in type")
  })
})
