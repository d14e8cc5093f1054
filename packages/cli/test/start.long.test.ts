import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createonce, startProcess, temporaryFolder } from './createonce.ts'
import { listen, nobody } from './targets/listen.ts'

const binary = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const crashChecks = ['created-survives-crash', 'crash-no-duplicate', 'idem-no-lost-effect']

/** A command line that serves the bookshop from a file, and where it will answer. */
async function bookshop(): Promise<{ url: string; command: string }> {
  const url = await nobody()
  const file = join(temporaryFolder(), 'shop.db')
  const { port, hostname } = new URL(url)
  const command = `"${process.execPath}" "${binary}" serve --host ${hostname} --port ${port} --store "sqlite:${file}"`
  return { url, command }
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe('verify --start', () => {
  it('starts the bookshop, kills it again and again, finds nothing, and stops it', async () => {
    const { url, command } = await bookshop()
    const { code, stdout, stderr } = await createonce([
      ...['verify', url, '--start', command, '--operation', 'createOrder', '--check', ...crashChecks],
      ...['--require', ...crashChecks, '--seed', '5'],
    ])
    expect(stderr).toContain('seed 5')
    expect(stdout).toContain('3 passed · no findings')
    expect(code).toBe(0)
    expect(await answers(url)).toBe(false)
  })

  it('starts it as well when the document is a file', async () => {
    const { url, command } = await bookshop()
    const cwd = temporaryFolder()
    const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }
    const paths = {
      '/publishers': {
        post: {
          requestBody: { content: { 'application/json': { schema } } },
          responses: { 201: { description: 'created' } },
        },
      },
    }
    writeFileSync(
      join(cwd, 'api.json'),
      JSON.stringify({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths }),
    )
    const { code, stdout, stderr } = await createonce(
      ['verify', 'api.json', '--base-url', url, '--start', command, '--check', 'created-status-201'],
      { cwd },
    )
    expect(stderr).toContain('Verifying 1 creation')
    expect([stdout.includes('1 passed'), code]).toEqual([true, 0])
    expect(await answers(url)).toBe(false)
  })

  it('is wrong usage where somebody answers already, and leaves that one alone', async () => {
    const other = await listen((_, response) => response.end())
    const { code, stderr } = await createonce(['verify', other.url, '--start', 'true'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/somebody answers at .* already/)
    expect(await answers(other.url)).toBe(true)
    await other.close()
  })

  it('is wrong usage when the command ends, and says what it said', async () => {
    const { code, stderr } = await createonce(['verify', await nobody(), '--start', 'echo no such file >&2; exit 1'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/the command ended before the API answered at .*; it said: no such file/)
  })

  it('leaves nothing running when it is stopped while the API starts', async () => {
    const url = await nobody()
    const { port } = new URL(url)
    const script = `require('net').createServer(() => console.log('asked')).listen(${port}, '127.0.0.1')`
    const run = startProcess(['verify', url, '--start', `"${process.execPath}" -e "${script}"`])
    while (!(await connects(Number(port)))) await new Promise((resolve) => setTimeout(resolve, 20))
    run.child.kill('SIGINT')
    expect((await run.ended).code).toBe(3)
    // The kernel closes the socket of a killed process a moment later; one that lives on keeps this test from ending.
    while (await connects(Number(port))) await new Promise((resolve) => setTimeout(resolve, 20))
  })
})

describe('verify --other-header', () => {
  it('refuses what is no header line', async () => {
    const { code, stderr } = await createonce(['verify', await nobody(), '--other-header', 'no line'])
    expect([code, stderr.includes("Write it as 'Name: value'.")]).toEqual([2, true])
  })
})

async function connects(port: number): Promise<boolean> {
  const { default: net } = await import('node:net')
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
