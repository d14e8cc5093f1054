import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadTarget } from '../../src/index.ts'
import { notGreen, verifyTarget } from '../run-verify.ts'
import { plain } from '../targets/bookshop.ts'
import { type RunningTarget, startApi } from '../targets/create-api.ts'

interface Document {
  servers?: unknown
  readonly paths: Record<string, Record<string, unknown>>
}

let folder: string
let api: RunningTarget
let origin: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'createonce-servers-'))
  api = await startApi({}, { ...plain, prefix: '/v2' })
  origin = new URL(api.url).origin
})
afterAll(async () => {
  await api.close()
  await rm(folder, { recursive: true })
})

/** A file of the API's own document with these servers, and those of its paths or of each operation. */
async function fileWith(servers: readonly string[], own: readonly string[], where = 'paths'): Promise<string> {
  const document = (await (await fetch(api.document)).json()) as Document
  const listed = (urls: readonly string[]) => urls.map((url) => ({ url }))
  document.servers = listed(servers)
  for (const item of Object.values(document.paths)) {
    const holders = where === 'paths' ? [item] : ['get', 'put', 'post', 'delete'].flatMap((name) => item[name] ?? [])
    for (const holder of holders) Object.assign(holder, { servers: listed(own) })
  }
  const file = join(folder, `${Math.random().toString(36).slice(2)}.json`)
  await writeFile(file, JSON.stringify(document))
  return file
}

/** Creates, reads, lists and deletes: a right API is green only where all of them are called at the right place. */
async function judged(file: string, baseUrl?: string) {
  const target = await loadTarget(file, baseUrl === undefined ? {} : { baseUrl })
  const { report } = await verifyTarget(target, {
    operations: ['create-books'],
    checks: ['created-status-201', 'location-resolves', 'collection-shows-created'],
  })
  expect(notGreen(report)).toEqual([])
  expect(report.results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  expect(report.leftovers).toEqual([])
  expect(api.count()).toBe(0)
}

describe('an operation with servers of its own', () => {
  test.each(['paths', 'operations'])('is called there, where they are those of its %s', async (where) => {
    await judged(await fileWith([`${origin}/v1`], [`${origin}/v2`], where))
  })

  test('is called at the one of its servers where the API runs', async () => {
    await judged(await fileWith([`${origin}/v1`], ['https://api.example.com/v3', `${origin}/v2`]))
  })

  test('keeps the path of its server where a base URL is given, and never its host', async () => {
    await judged(await fileWith(['https://api.example.com/v1'], ['https://uploads.example.com/v2']), `${origin}/v1`)
  })

  test('stays below the base URL where its server lies below that of the document', async () => {
    await judged(await fileWith(['https://api.example.com'], ['https://api.example.com/v2']), origin)
    const { creations } = await loadTarget(
      await fileWith(['https://a.example.com/x'], ['https://a.example.com/x/v2']),
      {
        baseUrl: `${origin}/y`,
      },
    )
    expect(creations[0]?.baseUrl).toBe(`${origin}/y/v2`)
  })

  test('is not called at another origin that nobody named, and the report’s target says why', async () => {
    const file = await fileWith([`${origin}/v2`], ['https://uploads.example.com/v2'])
    await expect(loadTarget(file)).rejects.toMatchObject({
      seen: expect.arrayContaining([
        'POST /books: it runs at https://uploads.example.com/v2, and a run calls one origin: name that one with a base URL to judge it',
      ]),
    })
  })
})
