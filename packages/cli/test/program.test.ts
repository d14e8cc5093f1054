import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createonce } from './createonce.ts'

// Every test starts processes of its own and waits for them, so that they may as well wait together.
const refused = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await createonce(args)
  expect([code, stdout]).toEqual([2, ''])
  return stderr
}

// Node with a loader by which the verifier, some three hundred modules, cannot be loaded.
const hook = `export const resolve = (name, context, next) => {
  if (name === '@createonce/verifier') throw new Error('the verifier was loaded')
  return next(name, context)
}`
const inUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`
const withoutVerifier = `--import ${inUrl(`import { register } from 'node:module'; register(${JSON.stringify(inUrl(hook))})`)}`

describe.concurrent('help', () => {
  it('lists the commands that exist, and only these', async () => {
    const { code, stdout, stderr } = await createonce(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect([...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)).toEqual([
      'serve',
      'verify',
      'smoke',
      'diff',
      'demo',
      'explain',
      'runbook',
      'doctor',
      'init',
      'keys',
      'help',
    ])
  })

  it.each(['serve', 'verify', 'smoke', 'diff', 'demo', 'explain', 'runbook', 'doctor', 'init', 'keys'])(
    'of %s fits 80 columns and hides what is not there',
    async (command) => {
      const { code, stdout, stderr } = await createonce([command, '--help'])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`Usage: createonce ${command} [options]`)
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
      expect(stdout).not.toContain('--redis')
    },
  )

  it('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(await createonce(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([['--version'], ['verify', '--help'], ['serve', '--help']])(
    'by %s does not wait for the verifier',
    async (...args) => {
      expect(await createonce(args, { env: { NODE_OPTIONS: withoutVerifier } })).toMatchObject({ code: 0, stderr: '' })
      const { code, stderr } = await createonce(['verify', 'http://localhost:1'], {
        env: { NODE_OPTIONS: withoutVerifier },
      })
      expect([code, stderr]).toEqual([3, expect.stringContaining('the verifier was loaded')])
    },
  )

  it('is what a call without a command gets, with the exit code of wrong usage', async () => {
    expect(await refused()).toContain('Usage: createonce')
  })
})

describe.concurrent('a slip of the fingers', () => {
  it.each([
    [['verfy'], 'verify'],
    [['verify', '--sede', '1', 'http://localhost'], '--seed'],
    [['serve', '--prot', '1'], '--port'],
    [['demo', '--onec'], '--once'],
  ])('%j is refused with a suggestion', async (args, meant) => {
    expect(await refused(...args)).toContain(`(Did you mean ${meant}?)`)
  })
})

describe.concurrent('createonce serve refuses by name', () => {
  it('what is promised and not in this version', async () => {
    const said = 'createonce: --redis is not in this version of createonce serve.\n'
    expect(await refused('serve', '--redis', 'redis://localhost')).toBe(said)
  })

  it.each([
    ['--data', 'books.json'],
    ['--principal-header', 'X-User'],
    ['--token', 'ada=secret-of-ada'],
    ['--jwks', 'keys.json'],
    ['--watch'],
  ])('%s without a document', async (...option) => {
    expect(await refused('serve', ...option)).toContain(`${option[0]} is about an OpenAPI document`)
  })

  it('a document that is not there, with where it was looked for', async () => {
    const said = await refused('serve', 'openapi.yaml')
    expect(said).toContain('There is no file openapi.yaml.')
    expect(said).toMatch(/looked for .*openapi\.yaml/)
  })
})
