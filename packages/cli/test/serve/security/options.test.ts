import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { readCredentials } from '../../../src/serve/security/credentials/read-credentials.ts'
import { addSecurityOptions, type SecurityOptions } from '../../../src/serve/security/options/add-security-options.ts'
import { toSecurity } from '../../../src/serve/security/to-security.ts'
import { UsageError } from '../../../src/usage-error.ts'
import { secured } from './serve-secured.ts'

const folder = mkdtempSync(join(tmpdir(), 'createonce-tokens-'))
afterAll(() => rmSync(folder, { recursive: true }))

function parse(...args: string[]): SecurityOptions {
  return addSecurityOptions(new Command('serve')).exitOverride().parse(args, { from: 'user' }).opts<SecurityOptions>()
}

function nameOf(args: readonly string[], token: string, env: Record<string, string> = {}): string | undefined {
  const credentials = readCredentials(parse(...args), env)
  return credentials.kind === 'checked' ? credentials.tokens.nameOf(token) : undefined
}

function file(name: string, content: string | object): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('tokens', () => {
  const given = ['--token', 'ada=ada-has-a-token', '--token', 'bob@example.org=bob/has+another==']

  it('are given one after the other', () => {
    expect(nameOf(given, 'ada-has-a-token')).toBe('ada')
    expect(nameOf(given, 'bob/has+another==')).toBe('bob@example.org')
    expect(nameOf(given, 'ada')).toBeUndefined()
  })

  it('are in a file, one a line, so that no list of processes shows them', () => {
    const path = file('tokens', '# for the tests\nada=ada-has-a-token\r\n\n  bob=bob-has-another\n')
    expect(nameOf(['--token', `@${path}`], 'ada-has-a-token')).toBe('ada')
    expect(nameOf(['--token', `@${path}`], 'bob-has-another')).toBe('bob')
  })

  it('are in the environment', () => {
    const env = { CREATEONCE_TOKENS: 'ada=ada-has-a-token, bob=bob-has-another,' }
    expect(nameOf([], 'bob-has-another', env)).toBe('bob')
    expect(nameOf(['--token', 'eve=eve-has-a-third'], 'ada-has-a-token', env)).toBe('ada')
  })

  it.each([
    [['my-secret-without-a-name'], 'Write NAME=TOKEN'],
    [['=my-secret-token'], 'name before the "="'],
    [['my-secret token='], 'name before the "="'],
    [['a|b=my-secret-token'], 'name before the "="'],
    [['ada='], '0 characters'],
    [['ada=secret'], '6 characters'],
    [['ada=my-secret, in two'], 'characters that a bearer token cannot have'],
    [['ada=my-secret-token', 'ada=my-secret-other'], 'has a token already'],
    [['ada=my-secret-token', 'bob=my-secret-token'], 'the same token'],
    [['@no/such/file'], 'cannot be read (ENOENT)'],
  ])('%o are refused, and not shown', (token, said) => {
    let error: unknown
    try {
      readCredentials({ token }, {})
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toContain(said)
    expect((error as Error).message).not.toContain('secret')
  })

  it('are refused in the environment and in a file alike', () => {
    expect(() => readCredentials({}, { CREATEONCE_TOKENS: 'ada=short' })).toThrow('CREATEONCE_TOKENS: the token of ada')
    const path = file('short', 'ada=short')
    expect(() => readCredentials({ token: [`@${path}`] }, {})).toThrow(`@${path}: the token of ada`)
  })
})

describe('where nothing is given', () => {
  const random = (bytes: number) => Buffer.alloc(bytes, 7)

  it('a token is made for this run, and is the only one', () => {
    const credentials = readCredentials({}, { CREATEONCE_TOKENS: '' }, { random })
    const made = { name: 'local', token: random(24).toString('base64url') }
    expect(credentials).toMatchObject({ kind: 'checked', generated: made })
    expect(credentials.kind === 'checked' && credentials.tokens.nameOf(made.token)).toBe('local')
    expect(toSecurity(secured({}), credentials).generated).toEqual(made)
  })

  it('each run has another one', () => {
    const made = Array.from({ length: 3 }, () => toSecurity(secured({}), readCredentials({}, {})).generated!.token)
    expect(new Set(made).size).toBe(3)
    for (const token of made) expect(token).toMatch(/^[\w-]{32}$/)
  })

  it('it is to be told where an operation asks for credentials', () => {
    const security = toSecurity(secured({}, [{ key: [] }]), readCredentials({}, {}))
    expect(security.isNeededFor([{ raw: {} }])).toBe(true)
    expect(security.isNeededFor([{ raw: { security: [] } }, { raw: { security: [{}] } }])).toBe(false)
  })

  it('none is made beside others', () => {
    expect(readCredentials({ token: ['ada=ada-has-a-token'] }, {})).not.toHaveProperty('generated')
  })
})

describe('a JSON Web Key Set', () => {
  const jwk = (pair: { publicKey: import('node:crypto').KeyObject }) => pair.publicKey.export({ format: 'jwk' })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  it.each<[string, string | object, string]>([
    ['that is no JSON', 'keys', 'no JSON'],
    ['without keys', { keys: {} }, 'no list "keys"'],
    ['that is null', 'null', 'no list "keys"'],
    ['that is empty', { keys: [] }, 'none of its 0 keys'],
    ['with a private key', { keys: [ec.privateKey.export({ format: 'jwk' })] }, 'private or symmetric'],
    ['with a shared secret', { keys: [{ kty: 'oct', k: 'c2VjcmV0' }, jwk(ec)] }, 'private or symmetric'],
    ['for encryption only', { keys: [{ ...jwk(ec), use: 'enc' }] }, 'can verify'],
    ['with a broken key only', { keys: [{ ...jwk(ec), x: 'AA' }] }, 'can verify'],
    ['with a weak key only', { keys: [jwk(generateKeyPairSync('rsa', { modulusLength: 1_024 }))] }, '2048 bits'],
    ['of another curve only', { keys: [jwk(generateKeyPairSync('x25519'))] }, 'can verify'],
    ['that is too large', `{"keys":[]}${' '.repeat(1_048_576)}`, 'at most 1048576'],
  ])('%s is refused at the start', (_name, content, said) => {
    const read = () => readCredentials(parse('--jwks', file('jwks.json', content)), {})
    expect(read).toThrow(UsageError)
    expect(read).toThrow(said)
  })

  it('that is not there is refused at the start', () => {
    expect(() => readCredentials({ jwks: join(folder, 'none') }, {})).toThrow('cannot be read (ENOENT)')
  })
})

describe('options that say nothing together', () => {
  it.each([
    [['--jwt-issuer', 'https://id.example'], 'Name the file'],
    [['--principal-header', 'X-User', '--token', 'ada=ada-has-a-token'], 'the gateway authenticates'],
    [['--principal-header', 'X-User', '--jwks', 'jwks.json'], 'the gateway authenticates'],
    [['--principal-header', 'X User'], 'cannot name a principal'],
    [['--principal-header', 'Authorization'], 'cannot name a principal'],
  ])('%o are refused', (args, said) => {
    expect(() => readCredentials(parse(...args), {})).toThrow(said)
  })

  it('tokens of the environment are not left unchecked silently', () => {
    const env = { CREATEONCE_TOKENS: 'ada=ada-has-a-token' }
    expect(() => readCredentials({ principalHeader: 'X-User' }, env)).toThrow('leave out --token')
  })
})
