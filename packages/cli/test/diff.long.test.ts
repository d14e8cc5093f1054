import { writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { compareProfiles, type Side } from '../src/commands/diff/compare-profiles.ts'
import { addVerifyFlags, type VerifyFlags } from '../src/commands/verify-flags.ts'
import { chooseProfile } from '../src/config/choose-profile.ts'
import type { Profile } from '../src/config/config.ts'
import { toVerifyFlags } from '../src/config/to-verify-flags.ts'
import { createonce, type Ended, temporaryFolder } from './createonce.ts'
import { closedAfterEach } from './targets/closed-after-each.ts'
import { listen, nobody } from './targets/listen.ts'
import { type Notes, type NotesHabits, startNotes } from './targets/start-notes.ts'

const closing = closedAfterEach()
const notes = async (habits?: NotesHabits): Promise<Notes> => closing(await startNotes(habits))

interface Compared {
  /** As `subject: name: one | other`. */
  readonly differences: readonly string[]
  readonly notes: readonly string[]
  readonly isJudged: boolean
}

// How far a run is, which these tests are not about.
beforeAll(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterAll(() => {
  vi.restoreAllMocks()
})

/** Compares two profiles in this process. */
async function diff(staging: Profile, production: Profile, environment: NodeJS.ProcessEnv = {}): Promise<Compared> {
  const command = addVerifyFlags(new Command()).parse([], { from: 'user' })
  const config = { profiles: { staging, production } }
  const side = (name: string): Side => {
    const chosen = chooseProfile({ config, file: '/project/createonce.config.ts' }, name, environment)
    return { chosen, ...toVerifyFlags(chosen, command.opts<VerifyFlags>(), () => false) }
  }
  const compared = await compareProfiles([side('staging'), side('production')])
  if (typeof compared === 'number') throw new Error(`one of the two could not be tried: ${compared}`)
  const differences = compared.differences.map(
    ({ subject, name, one, other }) => `${subject}: ${name}: ${one ?? null} | ${other ?? null}`,
  )
  return { differences, notes: compared.notes, isJudged: compared.isJudged }
}

/** Runs the command in a folder with two profiles. */
async function command(staging: Profile, production: Profile, args: readonly string[] = [], env = {}): Promise<Ended> {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'createonce.config.json'), JSON.stringify({ profiles: { staging, production } }))
  return await createonce(['diff', 'staging', 'production', ...args], { cwd, env })
}

/** A proxy that takes the prefix off a path before it passes a request on, as many are set up to do. */
async function proxied(target: string, prefix: string): Promise<string> {
  const proxy = await listen((request, response) => {
    const path = (request.url ?? '').replace(prefix, '')
    const { method, headers } = request
    const passed = http.request(`${target}${path}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    request.pipe(passed)
  })
  closing(proxy)
  return proxy.url + prefix
}

describe('two environments that behave alike', () => {
  it('have no difference, whatever their addresses, ids and moments are', async () => {
    const [one, other] = [await notes(), await notes({ prefix: '/api/v1' })]
    // Other numbers on one side.
    await fetch(`${one.url}/notes`, { method: 'POST', body: '{"text":"mine"}' })
    expect(await diff({ baseUrl: one.url }, { baseUrl: other.url })).toMatchObject({ differences: [], isJudged: true })
    expect([one.stored.size, other.stored.size]).toEqual([1, 0])
  })

  it('are only read where one of them forbids more', async () => {
    const [one, other] = [await notes(), await notes()]
    const { code, stdout } = await command({ baseUrl: one.url }, { baseUrl: other.url, create: 'never' }, ['--yes'])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^No difference between staging and production; /)])
    for (const { asked } of [one, other]) expect(asked.filter((line) => !line.startsWith('GET'))).toEqual([])
    expect(one.asked).toContain('GET /notes')
  })
})

describe('two environments that differ in one thing', () => {
  it('by a proxy that drops the prefix: Location lacks it, and leads nowhere', async () => {
    const shop = await notes()
    const document = `${shop.url}/openapi.json`
    const url = await proxied(shop.url, '/shop')
    const { differences } = await diff({ baseUrl: shop.url, document }, { baseUrl: url, document })
    expect(differences).toContain('createNote: create Location prefix: own | missing: /notes/…')
    expect(differences.filter((line) => !line.includes('Location'))).toEqual([])
  })

  it('by a credential that one refuses: just that, and no header of its answer', async () => {
    const [one, other] = [await notes({ token: 'first-token' }), await notes({ token: 'second-token' })]
    const headers = { Authorization: 'Bearer ${TOKEN}' }
    const profiles = [
      { baseUrl: one.url, headers },
      { baseUrl: other.url, headers },
    ] as const
    expect((await diff(...profiles, { TOKEN: 'first-token' })).differences).toEqual([
      expect.stringContaining('createNote: judged: yes | no: no valid request was possible'),
      'createNote: create status: 201 | 401',
    ])
    const { code, stdout, stderr } = await command(...profiles, ['--json'], { TOKEN: 'first-token' })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      profiles: [{ name: 'staging', baseUrl: one.url }, { name: 'production' }],
      differences: [{ name: 'judged' }, { subject: 'createNote', name: 'create status', one: '201', other: '401' }],
    })
    expect(stdout + stderr).not.toContain('first-token')
  })

  it('by http and https in Location', async () => {
    const location = (scheme: string) => (path: string, request: http.IncomingMessage) =>
      `${scheme}://${request.headers.host}${path}`
    const [one, other] = [await notes({ location: location('http') }), await notes({ location: location('https') })]
    const { differences } = await diff({ baseUrl: one.url }, { baseUrl: other.url })
    const origin = other.url.replace('http', 'https')
    expect(differences).toContain(`createNote: create Location origin: own | ${origin}`)
    expect(differences.filter((line) => !/Location|location/.test(line))).toEqual([])
  })

  it('by the policy that the document declares', async () => {
    const [one, other] = [await notes(), await notes({ duplicates: 'reject' })]
    const { differences } = await diff({ baseUrl: one.url }, { baseUrl: other.url })
    expect(differences).toEqual([
      'createNote: policy duplicates: allow | reject',
      'createNote: policy natural key: unknown | text',
    ])
  })

  it.each<[string, NotesHabits, readonly string[]]>([
    ['version', { version: '1.1.0' }, ['document: info.version: 1.0.0 | 1.1.0']],
    [
      'status of a create',
      { created: 200 },
      [
        'createNote: create status: 201 | 200',
        'createNote: create verdict: ok | warning',
        'createNote: retry status: 201 | 200',
      ],
    ],
    [
      'keys',
      { forgetsKeys: true },
      ['createNote: retry header idempotent-replayed: true | null', 'createNote: retry verdict: ok | error'],
    ],
    [
      'validation',
      { acceptsAnything: true },
      ['createNote: reject status: 400 | 201', 'createNote: reject verdict: ok | error'],
    ],
    ['DELETE', { deleted: 405 }, ['createNote: clean-up status: 204 | 405', 'createNote: clean-up verdict: ok | note']],
  ])('by its %s', async (_, habits, expected) => {
    const [one, other] = [await notes(), await notes(habits)]
    const { differences } = await diff({ baseUrl: one.url }, { baseUrl: other.url })
    const short = differences.map((line) => line.replace(/(warning|error|note): .*/, '$1')).sort()
    expect(short).toEqual(expected)
  })

  it.each([
    ['Server', 'nginx', 'server: null | nginx'],
    ['Via', '1.1 edge', 'via: null | 1.1 edge'],
    ['Cache-Control', 'Max-Age=60', 'cache-control: null | max-age=60'],
    ['Access-Control-Allow-Origin', '*', 'access-control-allow-origin: null | *'],
    ['ETag', '"17"', 'etag: null | strong'],
    ['X-Request-Id', '0815', 'x-request-id: null | there'],
  ])('by the header %s, in every answer', async (name, value, expected) => {
    const [one, other] = [await notes(), await notes({ headers: { [name]: value } })]
    const { differences } = await diff({ baseUrl: one.url }, { baseUrl: other.url })
    const steps = ['create', 'location', 'retry', 'reject', 'clean-up']
    expect(differences).toEqual(steps.map((step) => `createNote: ${step} header ${expected}`))
  })
})

describe('an environment that answers late', () => {
  it('is a note, and no difference', async () => {
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 200))
    const [one, other] = [await notes(), await notes({ before: slowly })]
    const { notes: said, differences } = await diff({ baseUrl: one.url }, { baseUrl: other.url })
    expect(said).toEqual([
      expect.stringMatching(/^createNote: an answer takes \d+ ms on staging and 2\d\d ms on production/),
    ])
    expect(differences).toEqual([])
  })
})

describe('the terminal', () => {
  it('shows a table of what differs, with both profiles as columns', async () => {
    const [one, other] = [await notes(), await notes({ version: '2.0.0' })]
    const { stdout, code } = await command({ baseUrl: one.url }, { baseUrl: other.url })
    expect(stdout).toMatch(
      /^ {2} +staging +production\ndocument\n {2}info\.version +1\.0\.0 +2\.0\.0\n\n1 difference between staging and production; \d+ facts compared\n$/,
    )
    expect(code).toBe(1)
  })
})

describe('what cannot be compared', () => {
  it('is one environment that does not answer: exit code 3', async () => {
    const { code, stderr } = await command({ baseUrl: (await notes()).url }, { baseUrl: await nobody() })
    expect(code).toBe(3)
    expect(stderr).toContain('production: ')
  })

  it('are two that refuse alike: exit code 3', async () => {
    const [one, other] = [await notes({ token: 'a' }), await notes({ token: 'b' })]
    const { code, stdout } = await command({ baseUrl: one.url }, { baseUrl: other.url })
    expect([code, stdout]).toEqual([3, expect.stringContaining('No difference')])
  })

  it('is a profile with itself, or one that does not exist: exit code 2', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'createonce.config.json'), '{"profiles":{"staging":{"baseUrl":"http://localhost:1"}}}')
    expect(await createonce(['diff', 'staging', 'staging'], { cwd })).toMatchObject({ code: 2 })
    const { code, stderr } = await createonce(['diff', 'staging', 'stagin'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('is staging meant?')])
  })
})
