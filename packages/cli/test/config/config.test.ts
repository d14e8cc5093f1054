import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseProfile } from '../../src/config/choose-profile.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { mask } from '../../src/config/mask.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'createonce-config-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const writeJson = (config: unknown) => write('createonce.config.json', JSON.stringify(config))
const oneProfile = (profile: object) => ({ profiles: { local: { baseUrl: 'http://localhost:2010', ...profile } } })
const load = () => loadConfig(folder)

describe('a configuration', () => {
  const text = '{ profiles: { local: { baseUrl: "http://localhost:1" } } }'
  test.each([
    ['ts', `const config: object = ${text}\nexport default config`],
    ['mts', `export default ${text} as object`],
    ['js', `module.exports = ${text}`],
    ['mjs', `export default ${text}`],
    ['json', '{ "profiles": { "local": { "baseUrl": "http://localhost:1" } } }'],
  ])('may be a .%s file', async (ending, content) => {
    write(`createonce.config.${ending}`, content)
    expect((await load()).config).toEqual({ profiles: { local: { baseUrl: 'http://localhost:1' } } })
  })

  test('is found from a folder below it', async () => {
    writeJson(oneProfile({}))
    mkdirSync(join(folder, 'a/b'), { recursive: true })
    expect((await loadConfig(join(folder, 'a/b'))).file).toBe(join(folder, 'createonce.config.json'))
  })

  test('that is missing is asked for by name', async () => {
    await expect(load()).rejects.toThrow(/There is no createonce\.config\.ts .*createonce init/s)
  })

  test('that does not parse is named, with what the parser said', async () => {
    write('createonce.config.json', '{ "profiles": ')
    await expect(load()).rejects.toThrow(/createonce\.config\.json cannot be read: .*JSON/)
  })

  test('without a default export is told to have one', async () => {
    write('createonce.config.mjs', 'export const config = {}')
    await expect(load()).rejects.toThrow('has no default export')
  })

  test.each([
    [oneProfile({ baseURL: 'x' }), 'profiles.local: unknown baseURL; is baseUrl meant?'],
    [
      oneProfile({ prerequisites: { enviroment: [] } }),
      'profiles.local.prerequisites: unknown enviroment; is environment',
    ],
    [oneProfile({ qqqqqqqqqq: 1 }), 'profiles.local: unknown qqqqqqqqqq\n'],
    [oneProfile({ limits: { races: 'many' } }), 'profiles.local.limits.races: '],
    [
      oneProfile({ baseUrl: 'localhost:2010' }),
      'profiles.local.baseUrl: is not an http:// or https:// URL (seen: a text)',
    ],
    [{}, 'profiles: Invalid input: expected record, received undefined (it is missing)'],
    [{ profiles: {} }, 'profiles: has no profile'],
  ])('%j is refused: %s', async (config, message) => {
    writeJson(config)
    const error = (await load().catch((reason: Error) => reason)) as Error
    expect(`${error.message}\n`).toContain(message)
  })

  test('tells every fault at once, and shows no value, which may be a credential', async () => {
    writeJson(oneProfile({ headers: 'Bearer hunter2', ready: 'health' }))
    const error = (await load().catch((reason: Error) => reason)) as Error
    expect(error.message.split('\n')).toHaveLength(3)
    expect(error.message).not.toContain('hunter2')
  })
})

describe('the profile', () => {
  const choose = async (config: unknown, name?: string, environment: NodeJS.ProcessEnv = {}) => {
    writeJson(config)
    return chooseProfile(await load(), name, environment)
  }

  test('is the one that is named, the default, the only one, or local', async () => {
    const profiles = { local: { baseUrl: 'http://l' }, staging: { baseUrl: 'http://s' } }
    expect((await choose({ profiles }, 'staging')).profile.baseUrl).toBe('http://s')
    expect((await choose({ profiles })).name).toBe('local')
    expect((await choose({ profiles, profile: 'staging' })).name).toBe('staging')
    expect((await choose({ profiles: { one: { baseUrl: 'http://o' } } })).name).toBe('one')
  })

  test('that does not exist is refused with those that do, and the one that is probably meant', async () => {
    const profiles = { production: { baseUrl: 'http://p' }, staging: { baseUrl: 'http://s' } }
    await expect(choose({ profiles }, 'stagng')).rejects.toThrow('is staging meant? There are: production, staging.')
    await expect(choose({ profiles }, 'constructor')).rejects.toThrow('There is no profile constructor')
  })

  test('takes credentials from the environment, and remembers them as secrets', async () => {
    const config = oneProfile({ headers: { Authorization: 'Bearer ${TOKEN}' } })
    const chosen = await choose(config, 'local', { TOKEN: 's3cret-s3cret' })
    expect(chosen.profile.headers).toEqual({ Authorization: 'Bearer s3cret-s3cret' })
    expect(mask('sent Bearer s3cret-s3cret', chosen.secrets)).toBe('sent Bearer ***')
  })

  test('says where a variable is named that is not set', async () => {
    const chosen = await choose(oneProfile({ headers: { Authorization: 'Bearer ${TOKEN}' } }))
    expect(chosen.unset).toEqual([{ place: 'headers.Authorization', variable: 'TOKEN' }])
  })

  test.each([
    [{ headers: { Authorization: 'Bearer hunter2' } }, 'the header Authorization'],
    [{ otherHeaders: { 'x-api-key': 'hunter2' } }, 'the header x-api-key'],
    [{ prerequisites: { postgres: { url: 'postgres://user:hunter2@db/shop' } } }, 'prerequisites.postgres.url'],
  ])('%j is refused: a credential in clear', async (profile, place) => {
    const error = await choose(oneProfile(profile)).catch((reason: Error) => reason)
    expect((error as Error).message).toContain(`${place} holds a credential in clear`)
    expect((error as Error).message).not.toContain('hunter2')
  })
})
