import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { addVerifyFlags, type VerifyFlags } from '../../src/commands/verify-flags.ts'
import { chooseProfile } from '../../src/config/choose-profile.ts'
import type { Profile } from '../../src/config/config.ts'
import { type ProfiledFlags, toVerifyFlags } from '../../src/config/to-verify-flags.ts'

const FILE = '/project/createonce.config.ts'

function flagsOf(
  profile: Omit<Profile, 'baseUrl'>,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): ProfiledFlags {
  const command = addVerifyFlags(new Command()).exitOverride()
  command.parse([...args], { from: 'user' })
  const config = { profiles: { staging: { baseUrl: 'https://staging.example/api', ...profile } } }
  return toVerifyFlags(
    chooseProfile({ config, file: FILE }, 'staging', environment),
    command.opts<VerifyFlags>(),
    (name) => command.getOptionValueSource(name) === 'cli',
  )
}

describe('a profile as options of verify', () => {
  test('says where, and its name goes into reports', () => {
    const { target, flags } = flagsOf({})
    expect(target).toBe('https://staging.example/api')
    expect(flags).toMatchObject({ baseUrl: 'https://staging.example/api', profile: 'staging' })
  })

  test.each([
    ['openapi.yaml', '/project/openapi.yaml'],
    ['/elsewhere/openapi.yaml', '/elsewhere/openapi.yaml'],
    ['https://docs.example/openapi.json', 'https://docs.example/openapi.json'],
  ])('finds the document %s beside the configuration, or where it is', (document, target) => {
    expect(flagsOf({ document }).target).toBe(target)
  })

  test('turns every member into its option', () => {
    const { flags } = flagsOf({
      headers: { Tenant: 'blue' },
      otherHeaders: { Tenant: 'red' },
      operations: ['createOrder'],
      checks: ['location-resolves', './own/check.js'],
      skipChecks: ['idem-key-scope'],
      require: ['location-resolves'],
      guidelines: 'zalando',
      duplicates: { createOrder: 'reject' },
      idempotency: 'required',
      unique: ['email'],
      required: ['email', 'lines'],
      hostile: true,
      limits: { timeoutMs: 1, races: 2, maxRequests: 3, requestsPerSecond: 4 },
    })
    expect(flags).toMatchObject({
      header: [['Tenant', 'blue']],
      otherHeader: [['Tenant', 'red']],
      operation: ['createOrder'],
      check: ['location-resolves', '/project/own/check.js'],
      skipCheck: ['idem-key-scope'],
      require: ['location-resolves'],
      guidelines: 'zalando',
      duplicates: ['createOrder=reject'],
      idempotency: ['required'],
      unique: ['email'],
      required: ['email', 'lines'],
      hostile: true,
      timeout: 1,
      races: 2,
      maxRequests: 3,
      rate: 4,
    })
  })

  test('leaves the defaults where it says nothing', () => {
    expect(flagsOf({}).flags).toMatchObject({ timeout: 10_000, guidelines: 'rfc', failOn: 'warning' })
  })

  test('gives way to what stands on the command line', () => {
    const { flags } = flagsOf(
      { limits: { timeoutMs: 1 }, headers: { tenant: 'blue', 'X-Trace': 'on' }, operations: ['createOrder'] },
      ['--timeout', '10000', '--header', 'Tenant: green', '--operation', 'createBook'],
    )
    expect(flags.timeout).toBe(10_000)
    expect(flags.operation).toEqual(['createBook'])
    expect(flags.header).toEqual([
      ['X-Trace', 'on'],
      ['Tenant', 'green'],
    ])
  })

  test.each([
    ['yes', { yes: true }],
    ['ask', { ask: true }],
    ['never', { readOnly: true }],
  ] as const)('create: %s is %j', (create, expected) => {
    expect(flagsOf({ create }).flags).toMatchObject(expected)
  })

  test('that forbids creating is not overruled by --yes', () => {
    expect(flagsOf({ create: 'never' }, ['--yes']).flags.readOnly).toBe(true)
  })

  test('names every variable that is not set, but those that doctor asks about', () => {
    const profile = {
      headers: { Authorization: 'Bearer ${TOKEN}' },
      prerequisites: { redis: { url: '${REDIS_URL}' } },
    }
    expect(() => flagsOf(profile)).toThrow('profiles.staging.headers.Authorization: TOKEN is not set')
    expect(() => flagsOf(profile)).not.toThrow('REDIS_URL')
    expect(flagsOf(profile, [], { TOKEN: 't' }).flags.header).toEqual([['Authorization', 'Bearer t']])
  })

  test('refuses a line break in a header without showing it', () => {
    const send = () => flagsOf({ headers: { Authorization: 'Bearer ${TOKEN}' } }, [], { TOKEN: 'hunter2\n' })
    expect(send).toThrow('the header Authorization has a line break in it')
    expect(send).not.toThrow('hunter2')
  })
})
