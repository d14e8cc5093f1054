import { readFileSync } from 'node:fs'
import { storeProbes } from '../../src/doctor/store-probes.ts'
import { oldestVersions } from '../../src/doctor/stores/defaults.ts'
import { documentedMembers } from './documented-members.ts'

const root = new URL('../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

interface Manifest {
  readonly engines: { readonly node: string }
  readonly peerDependencies: Readonly<Record<string, string>>
}

/** What stands in docs/reference/prerequisites.md, by the heading that it stands under. */
export function prerequisitesTables(): Readonly<Record<string, string>> {
  const { engines, peerDependencies } = JSON.parse(read('packages/server/package.json')) as Manifest
  const config = read('packages/cli/src/config/config.ts')
  const members = (...names: readonly [interfaceName: string, prefix: string][]) =>
    table(
      ['member', 'default', 'what it is'],
      names.flatMap(([name, prefix]) => memberRows(config, name, prefix)),
    )
  const settings = (path: string, name: string) =>
    table(['setting', 'default', 'what it is'], memberRows(read(`packages/server/src/stores/${path}`), name, ''))
  return {
    Versions: table(
      ['what', 'version', 'for'],
      [
        ['Node', code(engines.node), 'everything'],
        ['PostgreSQL', `${oldestVersions.postgres} or later`, 'the PostgreSQL store'],
        ['Redis', `${oldestVersions.redis} or later, or Valkey`, 'the Redis store'],
        ...Object.entries(peerDependencies).map(([name, range]) => [code(name), code(range), forWhat(name)]),
      ],
    ),
    'What a profile declares': members(
      ['Prerequisites', ''],
      ['EnvironmentVariable', 'environment[].'],
      ['FileNeeded', 'files[].'],
      ['HostNeeded', 'hosts[].'],
      ['PostgresNeeded', 'postgres.'],
      ['SqliteNeeded', 'sqlite.'],
      ['RedisNeeded', 'redis.'],
    ),
    'What PostgreSQL needs': needs('postgres-'),
    'What SQLite needs': needs('sqlite-'),
    'What Redis needs': needs('redis-'),
    'Settings of the PostgreSQL store': settings('postgres/settings.ts', 'PostgresSettings'),
    'Settings of the SQLite store': settings('sqlite.ts', 'SqliteStoreOptions'),
    'Settings of the Redis store': settings('redis/settings.ts', 'RedisSettings'),
  }
}

function needs(prefix: string): string {
  const rows = storeProbes.filter(({ id }) => id.startsWith(prefix))
  return table(
    ['what is needed', 'probe'],
    rows.map(({ needs: what, id }) => [`${what}.`, code(id)]),
  )
}

function memberRows(source: string, name: string, prefix: string): readonly (readonly string[])[] {
  return documentedMembers(source, name)
    .filter((member) => !FOR_TESTS.has(member.name))
    .map((member) => [
      code(`${prefix}${member.name}`),
      member.default === undefined ? (member.isOptional ? '' : 'required') : value(member.default),
      member.says,
    ])
}

const FOR_TESTS = new Set(['time', 'random', 'redisNow'])

/** A value, and no sentence about one. */
function value(text: string): string {
  return /^('.*'|[\d_]+|true|false)$/.test(text) ? code(text) : text
}

const PURPOSES: Readonly<Record<string, string>> = {
  '@nestjs/common': 'its adapter',
  '@nestjs/core': 'its adapter',
  '@opentelemetry/api': 'metrics and traces by OpenTelemetry',
  '@photostructure/sqlite': 'the SQLite store on Node before 22.13',
  ajv: 'JSON Schema as an input',
  'ajv-formats': 'the formats of JSON Schema',
  express: 'its adapter',
  fastify: 'its adapter',
  hono: 'its adapter',
  koa: 'its adapter',
  pino: 'its logs; any logger of its shape will do',
  'prom-client': 'metrics for Prometheus',
  pg: 'the PostgreSQL store: this or `postgres`',
  postgres: 'the PostgreSQL store: this or `pg`',
  ioredis: 'the Redis store: this or `redis`',
  redis: 'the Redis store: this or `ioredis`',
}

function forWhat(name: string): string {
  const purpose = PURPOSES[name]
  if (purpose === undefined) throw new Error(`Say here what the optional peer ${name} is for.`)
  return purpose
}

const code = (text: string): string => `\`${text}\``

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('|  |', '| |')
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
