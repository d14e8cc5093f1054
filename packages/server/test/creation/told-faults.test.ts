import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SERVER = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Runs one creation in a process of its own, and gives what that wrote. */
function run(settings: string, requestId = 'r1', steps = ''): { readonly out: string; readonly error: string } {
  const program = `
    import { created, defineCreation } from ${JSON.stringify(`${SERVER}index.js`)}
    import { memoryStore } from ${JSON.stringify(`${SERVER}stores/memory.js`)}
    const input = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }
    const creation = defineCreation({ operation: 'createOrder', store: memoryStore(), principal: 'anybody', input,
      create: () => created({ id: '1' }), duplicates: 'allow', idempotency: 'optional', location: '/orders/{id}', ${settings} })
    const answer = await creation.handle({ method: 'POST', path: '/orders', query: '', params: {}, native: undefined,
      headers: { 'content-type': 'application/json' }, requestId: ${JSON.stringify(requestId)},
      body: { kind: 'parsed', value: {} } })
    ${steps}
    console.log(answer.status, answer.body)`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  return { out: stdout, error: stderr }
}

describe('a creation without a log', () => {
  it('writes the fault behind a 500 to standard error, with operation, request and stack, and tells the client nothing', () => {
    const { out, error } = run(`principal: (request) => request.native.user.id`)
    expect(out).toMatch(/^500 /)
    expect(out).not.toContain('reading')
    expect(error).toMatch(
      /^createonce: createOrder answered 500 to request "r1":\n {2}TypeError: Cannot read properties/,
    )
    expect(error).toMatch(/\n {4,}at .*principal/)
  })

  it('writes nothing of what it answers without a fault', () => {
    expect(run('').error).toBe('')
    expect(
      run(`input: { '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'no' }] }) } }`),
    ).toMatchObject({ out: expect.stringMatching(/^400 /), error: '' })
  })

  it('writes nothing that a terminal obeys, and no line that looks like one of its own', () => {
    const { error } = run(
      `create: () => { throw new Error('\\u001b[2J\\ncreateonce: createOrder answered 500') }`,
      'r\u001b[2J\ncreateonce: forged',
    )
    expect(error).toContain('answered 500')
    expect(error).not.toContain('\u001b')
    expect(error.match(/^createonce:/gm)).toHaveLength(1)
  })

  it('leaves it to a log where there is one', () => {
    const log = `log: { info() {}, warn() {}, error: (fields) => console.log('logged', fields.err.message) }`
    const { out, error } = run(`create: () => { throw new Error('boom') }, ${log}`)
    expect([out, error]).toEqual([expect.stringMatching(/^logged boom\n500 /), ''])
  })
})

describe('the fault that is told', () => {
  it.each([
    [
      'a row that has no such member',
      `location: '/orders/{orderId}'`,
      'orderId is missing. There are as members of the row: id; as parameters of the route: none.',
    ],
    [
      'a row that nobody awaited',
      'create: () => created(Promise.resolve({ id: 1 }))',
      'await the row before created(row)',
    ],
    [
      'a principal that is a number',
      'principal: () => 42',
      'principal() must give text, and gave a number: write String(id).',
    ],
  ])('says what to write for %s', (_, settings, what) => {
    const { out, error } = run(settings)
    expect(out).toMatch(/^500 /)
    expect(error).toContain(what)
  })
})
