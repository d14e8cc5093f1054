import type { NewFile } from './new-file.ts'
import type { Project } from './project.ts'
import { quoted } from './quoted.ts'

/** A first contract test, for the test runner of the project: starts the service and has its creations judged. */
export function contractTestFile(project: Project, start: string): NewFile {
  const { testRunner, isTypeScript, isModule, testFolder, hasJestTypes, baseUrl } = project
  // Every version of Node runs a test in JavaScript.
  const isTyped = isTypeScript && testRunner !== 'node:test'
  const ending = isTyped ? 'ts' : testRunner === 'jest' ? 'js' : 'mjs'
  const isImported = ending !== 'js' || isModule
  const bring = (names: string, from: string): string =>
    isImported ? `import ${names} from '${from}'` : `const ${names.replaceAll(/type \w+, /g, '')} = require('${from}')`
  const [before, after] = testRunner === 'node:test' ? ['before', 'after'] : ['beforeAll', 'afterAll']
  const names = `{ ${[after, before, 'test'].join(', ')} }`
  const from = {
    vitest: 'vitest',
    jest: isTyped && !hasJestTypes ? '@jest/globals' : undefined,
    'node:test': 'node:test',
  }[testRunner]
  const limit = (seconds: number): string => (testRunner === 'node:test' ? '' : `, ${seconds}_000`)
  const typed = (annotation: string): string => (isTyped ? annotation : '')
  const imports = [
    bring('assert', 'node:assert/strict'),
    bring(isTyped ? '{ type ChildProcess, exec, spawn }' : '{ exec, spawn }', 'node:child_process'),
    ...(from === undefined ? [] : [bring(names, from)]),
  ]
  const text = `// A contract test: starts the service and lets Createonce try its creations. Written by \`createonce init\`; it is yours.
// Where a test can import the app itself, \`await verifyApp(app)\` of @createonce/verifier/testing does it in one line.
${imports.join('\n')}

const start = ${quoted(start)}
const url = ${quoted(baseUrl)}
const verify = 'npx --no-install createonce verify --profile local'

let service${typed(': ChildProcess | undefined')}

${before}(async () => {
  // What is started here must be what is judged.
  assert.equal(await answers(), false, \`Somebody answers at \${url} already; stop it.\`)
  // A process group of its own: what a package manager starts is stopped with it.
  const isGroup = process.platform !== 'win32'
  const started = spawn(start, { shell: true, detached: isGroup, stdio: ['ignore', 'ignore', 'inherit'] })
  service = started
  const end = Date.now() + 60_000
  while (!(await answers())) {
    assert.equal(started.exitCode, null, \`"\${start}" ended before \${url} answered.\`)
    assert.ok(Date.now() < end, \`"\${start}" did not answer at \${url} within a minute.\`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}${limit(90)})

${after}(() => {
  if (service?.pid === undefined || service.exitCode !== null || service.signalCode !== null) return
  if (process.platform === 'win32') service.kill()
  else process.kill(-service.pid, 'SIGTERM')
})

test('creations do what they promise', async () => {
  const { code, said } = await run(verify)
  assert.equal(code, 0, said)
}${limit(300)})

async function answers()${typed(': Promise<boolean>')} {
  try {
    await fetch(url)
    return true
  } catch {
    return false
  }
}

function run(command${typed(': string')})${typed(': Promise<{ code: number; said: string }>')} {
  return new Promise((resolve) => {
    exec(command, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? 1), said: stdout + stderr })
    })
  })
}
`
  return { path: `${testFolder}/creations.test.${ending}`, text, what: `a first contract test, for ${testRunner}` }
}
