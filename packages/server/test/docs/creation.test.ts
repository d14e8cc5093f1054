import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { BulkSettings } from '../../src/bulk.ts'
import type {
  CreateContext,
  CreationSettings,
  DuplicateRule,
  IdempotencySettings,
  OpenApiSettings,
} from '../../src/index.ts'
import { defineCreation } from '../../src/index.ts'
import type { PutSettings } from '../../src/put.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { tableRows } from './table-rows.ts'

const page = readFileSync(new URL('../../../../docs/reference/creation.md', import.meta.url), 'utf8')
const source = readFileSync(new URL('../../src/creation/settings/settings.ts', import.meta.url), 'utf8')

// The compiler keeps these lists complete: a setting more or less does not compile.
const settings: Record<keyof CreationSettings<never, never, never, never>, string> = {
  operation: 'required',
  store: 'required',
  onCrash: 'required over a leased store',
  principal: 'required',
  input: 'required',
  serverSet: 'none',
  create: 'this or `insert`',
  insert: 'this or `create`',
  duplicates: 'required',
  idempotency: 'required',
  location: 'required',
  represent: 'the row itself',
  etag: 'none',
  publicBaseUrl: 'none',
  problemTypes: '`/problems/` below `publicBaseUrl`',
  invalidStatus: '`400`',
  maxBodyBytes: '`1_048_576`',
  replayCacheBytes: '`8_388_608`',
  log: 'none',
  logSecret: 'random per process',
  observe: 'none',
  openapi: 'none',
  time: "the machine's clock",
}
const idempotency: Record<keyof IdempotencySettings, string> = {
  key: 'required',
  retention: "`'PT24H'`",
  waitMs: '`0`',
  reusedStatus: '`422`',
  replay: "`'full'`",
  maxRecordedBytes: 'none',
  seal: 'none',
}
const duplicates: Record<keyof DuplicateRule<never, never, never, never>, string> = {
  policy: 'required',
  naturalKey: 'required',
  find: "required for `'return-existing'`",
}

const openapi: Record<keyof OpenApiSettings, true> = {
  summary: true,
  description: true,
  tags: true,
  deprecated: true,
  security: true,
  input: true,
  representation: true,
  parameters: true,
  examples: true,
  links: true,
  responses: true,
  private: true,
}
type OwnOfPut = Exclude<
  keyof PutSettings<never, never, never, never>,
  keyof CreationSettings<never, never, never, never>
>
const put: Record<OwnOfPut, string> = {
  name: 'required',
  find: 'required',
  replace: 'none',
  condition: "`'required'` without `replace`, otherwise `'optional'`",
}
const bulk: Record<keyof BulkSettings, string> = {
  operation: 'required',
  maxItems: 'required',
  maxBodyBytes: 'that of the single creation',
  openapi: 'that of the single creation, but what is about one resource',
}

const context: Record<keyof CreateContext<never>, true> = {
  tx: true,
  principal: true,
  params: true,
  requestId: true,
  request: true,
  attemptKey: true,
  signal: true,
}

/** The table below a heading, as names and defaults. */
const documented = (heading: string, first: string): Record<string, string> =>
  Object.fromEntries(
    tableRows(page.slice(page.indexOf(`## ${heading}`)), first).map(([name, value]) => [
      name!.replaceAll('`', ''),
      value!,
    ]),
  )

describe('the page of the settings', () => {
  it.each([
    ['Settings', 'setting', settings],
    ['Idempotency', 'member', idempotency],
    ['Duplicates', 'member', duplicates],
    ['Names that', 'put', put],
    ['Names that', 'bulk', bulk],
  ])('has every one with its default, and no others: %s', (heading, first, expected) => {
    expect(documented(heading, first)).toEqual(expected)
  })

  it('has every member of the context of create, and no others', () => {
    expect(Object.keys(documented('The context of', 'member'))).toEqual(Object.keys(context))
  })

  it('has every member of openapi, and no others', () => {
    const names = Object.keys(documented('The document', 'of the document')).flatMap((cell) => cell.split(', '))
    expect(names).toEqual(Object.keys(openapi))
  })

  it('has the defaults that stand in the source', () => {
    const inSource = [...source.matchAll(/@default (.*)\n[\s\S]*?readonly (\w+)\?/g)].map(([, value, name]) => [
      name,
      value,
    ])
    expect(inSource).not.toEqual([])
    const all = { ...settings, ...idempotency }
    for (const [name, value] of inSource) {
      const said = all[name as keyof typeof all].replaceAll('`', '')
      expect(said).toBe(value!.replace(/^'(\/.*\/)'/, '$1').replaceAll('`', ''))
    }
  })

  it('names as required what cannot be left out', () => {
    for (const [name, value] of Object.entries(settings)) {
      const whole = {
        operation: 'createThing',
        store: memoryStore(),
        principal: 'anybody',
        input: { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } },
        create: () => [{ id: '1' }, 201],
        duplicates: 'allow',
        idempotency: 'off',
        location: '/things/{id}',
      } as Record<string, unknown>
      delete whole[name]
      const defining = () => defineCreation(whole as never)
      if (value === 'required' || name === 'create') expect(defining).toThrow(name)
      else expect(defining).not.toThrow()
    }
  })
})
