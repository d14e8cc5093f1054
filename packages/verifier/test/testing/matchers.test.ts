import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect as jestExpect } from 'expect'
import { describe, expect, it } from 'vitest'
import { creationMatchers as forJest } from '../../src/testing/matchers/jest.ts'
import { creationMatchers } from '../../src/testing/matchers/vitest.ts'
import { temporaryFiles } from '../target/temporary-files.ts'

expect.extend(creationMatchers)
jestExpect.extend(forJest)

const { folder } = temporaryFiles()

const created = (body: object = { id: 'a' }) => ({
  status: 201,
  headers: { location: '/items/a', 'content-type': 'application/json' },
  body,
})
const problem = () => ({
  status: 409,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: '/problems/duplicate-resource', status: 409 },
})

// The two share no types, and each has to know the matchers.
const runners = {
  vitest: {
    created: (seen: unknown) => expect(seen).toBeCreated({ location: '/items/{id}', body: { id: expect.any(String) } }),
    notCreated: (seen: unknown) => expect(seen).not.toBeCreated(),
    problem: (seen: unknown) => expect(seen).toBeProblem('duplicate-resource'),
    notProblem: (seen: unknown) => expect(seen).not.toBeProblem(409),
    replay: (seen: unknown, first: unknown) => expect(seen).toBeReplayOf(first),
    notReplay: (seen: unknown, first: unknown) => expect(seen).not.toBeReplayOf(first),
  },
  jest: {
    created: (seen: unknown) =>
      jestExpect(seen).toBeCreated({ location: '/items/{id}', body: { id: jestExpect.any(String) } }),
    notCreated: (seen: unknown) => jestExpect(seen).not.toBeCreated(),
    problem: (seen: unknown) => jestExpect(seen).toBeProblem('duplicate-resource'),
    notProblem: (seen: unknown) => jestExpect(seen).not.toBeProblem(409),
    replay: (seen: unknown, first: unknown) => jestExpect(seen).toBeReplayOf(first),
    notReplay: (seen: unknown, first: unknown) => jestExpect(seen).not.toBeReplayOf(first),
  },
}

describe.each(Object.entries(runners))('the matchers in %s', (_, matchers) => {
  it('pass where the assertions do', async () => {
    await matchers.created(created())
    await matchers.problem(problem())
    await matchers.replay(created(), created())
  })

  it('fail with the words of the assertions', async () => {
    await expect(matchers.created(problem())).rejects.toThrow(/^expectCreated: .*\n- The status is 409/)
    await expect(matchers.created(created({ id: 7 }))).rejects.toThrow(/\/id is 7, and Any<String> was expected/)
    await expect(matchers.problem(created())).rejects.toThrow(/^expectProblem/)
    await expect(matchers.replay(created({ id: 'b' }), created())).rejects.toThrow(/^expectReplayOf/)
  })

  it('can be turned round by not', async () => {
    await matchers.notCreated(problem())
    await matchers.notProblem(created())
    await matchers.notReplay(created({ id: 'b' }), created())
    await expect(matchers.notCreated(created())).rejects.toThrow('was expected not to be')
  })

  it('do not pass by not for what is no response', async () => {
    await expect(matchers.notCreated({ id: 1 })).rejects.toThrow(TypeError)
    await expect(matchers.notCreated(undefined)).rejects.toThrow(TypeError)
  })
})

describe('the subpaths', () => {
  it.each(['vitest', 'jest'])('for %s import no package at all when they run', async (runner) => {
    const files = [new URL(`../../dist/testing/matchers/${runner}.js`, import.meta.url)]
    const imported: string[] = []
    for (const file of files) {
      const text = await readFile(file, 'utf8')
      for (const [, from] of text.matchAll(/^(?:import|export|\}).*?["']([^"']+)["'];?$/gm)) {
        imported.push(from!)
        if (from!.startsWith('.')) files.push(new URL(from!, file))
      }
    }
    expect(imported).toContain('node:assert')
    expect(imported.filter((from) => !/^(node:|\.)/.test(from))).toEqual([])
  })
})

describe('node:test', () => {
  it('takes the assertions as they are, and shows what they say', async () => {
    await symlink(fileURLToPath(new URL('../../../../node_modules', import.meta.url)), join(folder(), 'node_modules'))
    const file = join(folder(), 'creations.test.mjs')
    await writeFile(
      file,
      `import { test } from 'node:test'
import { expectCreated, expectProblem, verifyApp } from '@createonce/verifier/testing'
const answer = ${JSON.stringify(created())}
test('right', async () => { await expectCreated(answer, { location: '/items/{id}' }) })
test('wrong', async () => { await expectProblem(answer, 409) })
test('no app', async () => { await verifyApp((request, response) => response.end('{}'), { document: { openapi: '3.1.0', info: { title: '', version: '' }, paths: {} } }) })
`,
    )
    const child = spawn(process.execPath, ['--test', '--test-reporter=tap', file], {
      env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closing = once(child, 'close')
    let said = ''
    for await (const chunk of child.stdout) said += chunk
    expect((await closing)[0]).toBe(1)
    expect(said).toMatch(/^ *ok 1 - right/m)
    expect(said).toMatch(/^ *not ok 2 - wrong[\s\S]*The status is 201, and 409 was expected/m)
    expect(said).toMatch(/^ *not ok 3 - no app[\s\S]*verifyApp: /m)
  })
})
