import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { EnvironmentVariable } from '../../src/config/config.ts'
import { closedPort, listening, serving } from './listening.ts'
import { lines, look } from './look.ts'

const { node } = process.versions

describe('node-version', () => {
  it('is content with what Createonce runs on, where the profile names no range', async () => {
    expect(await lines('node-version', {})).toEqual([`good : ${node}`])
  })

  it('holds this Node against the range of the profile', async () => {
    expect(await lines('node-version', { prerequisites: { node: '>=18' } })).toEqual([`good : ${node}`])
    expect(await lines('node-version', { prerequisites: { node: '^4 || >=900' } })).toEqual([
      `bad : ${node}; needed: ^4 || >=900`,
    ])
  })

  it('says of a range that is none how to write one', async () => {
    const [reading] = await look('node-version', { prerequisites: { node: 'twenty' } })
    expect(reading).toMatchObject({ kind: 'bad', seen: 'twenty is not a range of versions' })
    expect(reading!.mend).toContain('>=22.13')
  })
})

describe('configuration-environment', () => {
  it('has nothing to say when everything is set', async () => {
    expect(await lines('configuration-environment', {})).toEqual([])
  })

  it('names the variable that is not set, and the place that names it', async () => {
    const unset = [{ place: 'headers.Authorization', variable: 'API_TOKEN' }]
    expect(await lines('configuration-environment', {}, { unset })).toEqual([
      'bad API_TOKEN: not set; headers.Authorization names it',
    ])
  })
})

describe('environment-variable', () => {
  const see = (variable: Omit<EnvironmentVariable, 'name'>, value?: string) =>
    lines(
      'environment-variable',
      { prerequisites: { environment: [{ name: 'IT', ...variable }] } },
      { environment: value === undefined ? {} : { IT: value } },
    )

  it('asks for every variable of the profile', async () => {
    const profile = { prerequisites: { environment: ['HERE', 'EMPTY', 'GONE'] } }
    expect(await lines('environment-variable', profile, { environment: { HERE: 'x', EMPTY: '' } })).toEqual([
      'good HERE: set',
      'bad EMPTY: set, and empty',
      'bad GONE: not set',
    ])
  })

  it.each<[EnvironmentVariable['format'] & string, readonly string[], readonly string[]]>([
    ['url', ['https://example.com/a?b', 'amqp://user:pass@host'], ['example.com', 'http//x', 'https://']],
    [
      'postgres-url',
      ['postgres://u:p@db/shop', 'postgresql:///shop?host=/run', 'postgres://a:1,b:2/shop'],
      ['mysql://db/shop', 'db/shop', 'postgres://db/my shop'],
    ],
    ['redis-url', ['redis://cache:6379/0', 'rediss://u:p@cache'], ['cache:6379', 'http://cache']],
    ['integer', ['0', '-12', '+3'], ['1.5', '1e3', 'many', '1 ']],
    ['port', ['1', '65535'], ['0', '65536', '-1', 'http']],
    ['boolean', ['true', 'OFF', '1'], ['maybe', '2']],
    ['base64', ['aGVsbG8=', 'aGVsbG8', 'a-_b', 'aGVs\nbG8='], ['a', 'aGVsbG8==', 'not base64!']],
    ['json', ['{"a":1}', 'null'], ['{a:1}', '{']],
  ])('knows %s', async (format, right, wrong) => {
    for (const value of right) expect(await see({ format }, value), value).toEqual(['good IT: set'])
    for (const value of wrong) expect((await see({ format }, value))[0], value).toMatch(/^bad IT: set, and not /)
  })

  it('wants the whole value to match a pattern', async () => {
    expect(await see({ pattern: 'v\\d|w' }, 'v1')).toEqual(['good IT: set'])
    expect(await see({ pattern: 'v\\d|w' }, 'v12')).toEqual(['bad IT: set, and not v\\d|w'])
  })

  it('wants so many characters, and no fewer', async () => {
    expect(await see({ minLength: 4 }, 'abcd')).toEqual(['good IT: set'])
    expect(await see({ minLength: 4 }, 'abc')).toEqual(['bad IT: set, and shorter than 4 characters'])
  })

  it('never shows a value', async () => {
    for (const format of ['url', 'postgres-url', 'port', 'json', 'base64'] as const) {
      const readings = await look(
        'environment-variable',
        { prerequisites: { environment: [{ name: 'IT', format, minLength: 99, pattern: 'x' }] } },
        { environment: { IT: 'hunter2 hunter2' } },
      )
      expect(JSON.stringify(readings)).not.toContain('hunter2')
    }
  })
})

describe('port-free', () => {
  const see = (port: number, baseUrl = 'http://localhost:1', beforeStart = false) =>
    lines('port-free', { baseUrl, prerequisites: { freePorts: [port] } }, { beforeStart })

  it('finds a port free on which nobody listens', async () => {
    const port = await closedPort()
    expect(await see(port)).toEqual([`good ${port}: free`])
    // And leaves it so.
    expect(await see(port)).toEqual([`good ${port}: free`])
  })

  it('finds a port taken on which somebody listens', async () => {
    const port = await listening(createServer())
    expect(await see(port)).toEqual([`bad ${port}: taken`])
  })

  it('does not blame the API of the profile for its own port while it runs', async () => {
    const baseUrl = await serving((_, response) => response.end())
    const port = Number(new URL(baseUrl).port)
    expect(await see(port, baseUrl)).toEqual([`good ${port}: taken by the API of this profile, which answers there`])
    expect(await see(port, baseUrl, true)).toEqual([`bad ${port}: taken`])
  })

  it('cannot tell whose another port is while the API runs here', async () => {
    const port = await listening(createServer())
    const baseUrl = await serving((_, response) => response.end())
    expect((await see(port, baseUrl))[0]).toMatch(/^unknown \d+: taken, perhaps by the API/)
  })
})
