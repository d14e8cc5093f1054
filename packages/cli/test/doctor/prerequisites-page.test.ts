import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completeSettings as completePostgres } from '../../../server/src/stores/postgres/settings.ts'
import { judgeServers } from '../../../server/src/stores/redis/judge-server.ts'
import { completeSettings as completeRedis } from '../../../server/src/stores/redis/settings.ts'
import { oldestVersions, storeDefaults } from '../../src/doctor/stores/defaults.ts'
import { type DocumentedMember, documentedMembers } from './documented-members.ts'
import { prerequisitesTables } from './prerequisites-tables.ts'

const root = new URL('../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const page = read('docs/reference/prerequisites.md')

describe('the page of the prerequisites', () => {
  it.each(Object.entries(prerequisitesTables()))('has below "%s" what the code says', (heading, table) => {
    const [, section = ''] = page.split(`\n## ${heading}\n`)
    const [, shown] = /((?:^\|.*\n?)+)/m.exec(section.split('\n## ')[0]!) ?? []
    // What is received below is what the page should say.
    expect(table).toBe(shown?.trimEnd())
  })
})

/** The default of each member as its comment has it, as a value. */
function defaults(path: string, name: string): ReadonlyMap<string, unknown> {
  const members = documentedMembers(read(path), name)
  const isValue = (member: DocumentedMember) => /^(['`].*['`]|[\d_]+|true|false)$/.test(member.default ?? '')
  const toValue = (text: string): unknown => {
    // Another member's name stands for its default.
    const other = members.find((member) => `\`${member.name}\`` === text)
    if (other !== undefined) return toValue(other.default!)
    if (/^['`]/.test(text)) return text.slice(1, -1)
    return text === 'true' || text === 'false' ? text === 'true' : Number(text.replaceAll('_', ''))
  }
  return new Map(members.filter(isValue).map((member): [string, unknown] => [member.name, toValue(member.default!)]))
}

describe('the default that a comment documents is the one that holds', () => {
  const time = { now: () => 0, after: () => () => {} }
  it.each([
    ['postgresStore', 'stores/postgres/settings.ts', 'PostgresSettings', completePostgres({}, time)],
    ['redisStore', 'stores/redis/settings.ts', 'RedisSettings', completeRedis({})],
  ])('of %s', (_, path, name, complete) => {
    const documented = defaults(`packages/server/src/${path}`, name)
    expect(documented.size).toBeGreaterThan(3)
    expect(complete).toMatchObject(Object.fromEntries(documented))
  })

  it.each([
    ['PostgresNeeded', storeDefaults.postgres],
    ['SqliteNeeded', storeDefaults.sqlite],
    ['RedisNeeded', storeDefaults.redis],
  ])('of %s', (name, held) => {
    const documented = Object.fromEntries(defaults('packages/cli/src/config/config.ts', name))
    expect(Object.keys(documented).length).toBeGreaterThan(0)
    expect(held).toMatchObject(documented)
  })
})

describe('the oldest version', () => {
  it('of PostgreSQL is that of the guide to the store', () => {
    expect(read('docs/guides/stores/postgres.md')).toContain(`PostgreSQL ${oldestVersions.postgres} or later`)
  })

  it('of Redis is the oldest that the store does not refuse', () => {
    const judge = (version: number) => {
      const fields = new Map([['redis_version', `${version}.0.0`]])
      return judgeServers([{ fields, appendfsync: 'always' }])
    }
    expect(() => judge(oldestVersions.redis)).not.toThrow()
    expect(() => judge(oldestVersions.redis - 1)).toThrow('redisStore needs Redis')
  })
})
