import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { CreationSettings } from '../../src/creation/settings/settings.ts'
import { created, defineCreation } from '../../src/index.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'

type Settings = CreationSettings<{ name: string }, { id: string }, MemoryTransaction, unknown>

const right: Settings = {
  operation: 'createThing',
  store: memoryStore(),
  principal: 'anybody',
  input: z.strictObject({ name: z.string() }),
  create: () => created({ id: '1' }),
  duplicates: 'allow',
  idempotency: 'optional',
  location: '/things/{id}',
}

const leased = { ...memoryStore(), guarantee: 'leased' }

const define = (changed: { readonly [Name in keyof Settings]?: unknown }) =>
  defineCreation({ ...right, ...changed } as Settings)
const without = (name: keyof Settings) => {
  const { [name]: _, ...others } = right
  return defineCreation(others as Settings)
}

describe('a creation', () => {
  it('has the name of its operation and the limit that adapters apply', () => {
    expect(define({})).toMatchObject({ operation: 'createThing', maxBodyBytes: 1_048_576 })
    expect(define({ maxBodyBytes: 10 }).maxBodyBytes).toBe(10)
  })

  it.each(['createOrder', 'create-order', 'POST /orders/{id}/lines', 'orders:create', 'a'.repeat(128)])(
    'may be called %s',
    (operation) => {
      expect(define({ operation }).operation).toBe(operation)
    },
  )

  it.each<[string, { readonly [Name in keyof Settings]?: unknown }]>([
    ['a retention in milliseconds', { idempotency: { key: 'required', retention: 1 } }],
    ['a retention in days', { idempotency: { key: 'required', retention: 'P7D' } }],
    ['a retention of all units', { idempotency: { key: 'required', retention: 'P1DT2H3M4S' } }],
    ['a wait', { idempotency: { key: 'optional', waitMs: 0.5, reusedStatus: 400 } }],
    ['a rule without find', { duplicates: { policy: 'reject', naturalKey: ['name'] } }],
    ['a choice for a crash, over a leased store', { store: leased, onCrash: 'block' }],
    ['the other choice for a crash', { store: leased, onCrash: 'rerun' }],
    ['a location function', { location: () => '/things/1' }],
    ['a base', { publicBaseUrl: 'https://API.example.com:443/shop/' }],
    ['types of its own', { problemTypes: 'https://example.com/errors#' }],
  ])('may have %s', (_, changed) => {
    expect(define(changed).operation).toBe('createThing')
  })

  it('refuses a name that is no setting, and says which there are', () => {
    const misspelled = { ...right, maxBodyByte: 10 } as Settings
    expect(() => defineCreation(misspelled)).toThrow(
      /createThing: there is no setting "maxBodyByte"; there are .*maxBodyBytes/,
    )
  })

  it('says what to do for a promise in the place of a store, and for a JSON Schema', () => {
    expect(() => define({ store: Promise.resolve(memoryStore()) })).toThrow('got a promise, which nobody has awaited')
    expect(() => define({ input: { type: 'object' } })).toThrow('jsonSchema(…) of @createonce/server/json-schema')
  })

  it('refuses what the framework refuses in its own words, with the types of its settings', () => {
    const at = (changed: Partial<Settings>) => {
      const { body } = define(changed).refuse('method-not-allowed', 'No.', { requestId: 'r1' }, { Allow: 'POST' })
      return (JSON.parse(body!) as { type: string }).type
    }
    expect(at({})).toBe('/problems/method-not-allowed')
    expect(at({ publicBaseUrl: 'https://API.example.com:443/shop/' })).toBe(
      'https://api.example.com/shop/problems/method-not-allowed',
    )
    expect(at({ problemTypes: 'https://example.com/errors#' })).toBe('https://example.com/errors#method-not-allowed')
  })
})

describe('a setting that is wrong is named when the creation is defined, with what was seen and what to write', () => {
  it.each<[string, { readonly [Name in keyof Settings]?: unknown }, string]>([
    ['no operation', { operation: '' }, `operation must be a short name such as 'createOrder'; got "".`],
    ['an operation with a line break', { operation: 'a\nb' }, String.raw`got "a\nb".`],
    ['an operation that is too long', { operation: 'a'.repeat(129) }, 'operation must be a short name'],
    ['an operation that is no text', { operation: 7 }, 'operation must be a short name such as'],
    [
      'no store',
      { store: undefined },
      'createThing: store must be a store, e.g. await sqliteStore({ file }); got undefined.',
    ],
    [
      'a promise of a store',
      { store: Promise.resolve() },
      'createThing: store must be a store, e.g. await sqliteStore',
    ],
    [
      'a principal that is a name',
      { principal: 'ann' },
      `createThing: principal must be a function that names the authenticated caller, or the word 'anybody' for a creation without authentication; got "ann".`,
    ],
    [
      'an input without a standard',
      { input: { parse() {} } },
      'createThing: input must be a Standard Schema, e.g. of zod, valibot or arktype, or jsonSchema(…) of @createonce/server/json-schema; got {}.',
    ],
    [
      'no create',
      { create: undefined },
      'createThing: create must be a function that returns created(row); got undefined.',
    ],
    [
      'no choice for a crash over a leased store',
      { store: leased },
      "createThing: onCrash must be 'block' (a key whose process died is never run again, until an operator releases it) or 'rerun' (a retry runs it again; hand attemptKey to the services that create calls), since this store cannot undo what create did elsewhere; got undefined.",
    ],
    ['an unknown choice for a crash', { store: leased, onCrash: 'retry' }, 'got "retry".'],
    [
      'a choice for a crash that leaves nothing behind',
      { onCrash: 'block' },
      'createThing: onCrash must be left out: this store keeps rows and record in one transaction, so that a crash leaves nothing behind; got "block".',
    ],
    [
      'no location',
      { location: undefined },
      `createThing: location must be a template such as '/orders/{id}', or a function; got undefined.`,
    ],
    [
      'a location that is relative',
      { location: 'things/{id}' },
      `location must be a path with variables such as '/orders/{id}'; "things/{id}" does not begin with "/".`,
    ],
    [
      'a represent that is none',
      { represent: 'id' },
      'createThing: represent must be a function of the row; got "id".',
    ],
    [
      'an etag that is none',
      { etag: '"1"' },
      String.raw`createThing: etag must be a function of the row; got "\"1\"".`,
    ],
    [
      'no duplicate policy',
      { duplicates: undefined },
      `createThing: duplicates must be 'allow', or { policy: 'reject' | 'return-existing', naturalKey: [...] }; got undefined.`,
    ],
    ['an unknown duplicate policy', { duplicates: { policy: 'merge' } }, 'got {"policy":"merge"}.'],
    ['a bare policy', { duplicates: 'reject' }, 'got "reject".'],
    [
      'a policy without natural key',
      { duplicates: { policy: 'reject' } },
      `createThing: duplicates.naturalKey must name the members that make two resources the same one, e.g. ['email']; got undefined.`,
    ],
    [
      'an empty natural key',
      { duplicates: { policy: 'reject', naturalKey: [] } },
      'duplicates.naturalKey must name the members',
    ],
    ['a natural key that is no list', { duplicates: { policy: 'reject', naturalKey: 'email' } }, 'got "email".'],
    [
      'return-existing without find',
      { duplicates: { policy: 'return-existing', naturalKey: ['name'] } },
      'createThing: duplicates.find must be a function that finds the existing resource; got undefined.',
    ],
    [
      'a find that is none',
      { duplicates: { policy: 'reject', naturalKey: ['name'], find: true } },
      'duplicates.find must be a function that finds the existing resource; got true.',
    ],
    [
      'no idempotency',
      { idempotency: undefined },
      `createThing: idempotency must be 'off', 'optional' or 'required'; got undefined.`,
    ],
    ['an unknown idempotency', { idempotency: 'always' }, 'got "always".'],
    ['idempotency without a policy', { idempotency: { retention: 1 } }, 'got {"retention":1}.'],
    [
      'a retention of months',
      { idempotency: { key: 'required', retention: 'P1M' } },
      `createThing: idempotency.retention must be a positive number of milliseconds or an ISO 8601 duration such as 'PT24H' or 'P7D'; got "P1M".`,
    ],
    ['a retention of nothing', { idempotency: { key: 'required', retention: 'PT0S' } }, 'got "PT0S".'],
    ['a retention that is negative', { idempotency: { key: 'required', retention: -1 } }, 'got -1.'],
    [
      'a retention that has no end',
      { idempotency: { key: 'required', retention: Number.POSITIVE_INFINITY } },
      'idempotency.retention must be a positive number',
    ],
    [
      'a wait that is negative',
      { idempotency: { key: 'required', waitMs: -1 } },
      'createThing: idempotency.waitMs must be 0 to 2147483647 milliseconds; got -1.',
    ],
    ['a wait that no timer can', { idempotency: { key: 'required', waitMs: 2 ** 31 } }, 'got 2147483648.'],
    [
      'another status of reuse',
      { idempotency: { key: 'required', reusedStatus: 409 } },
      'createThing: idempotency.reusedStatus must be 422 or 400; got 409.',
    ],
    [
      'another status of invalid input',
      { invalidStatus: 418 },
      'createThing: invalidStatus must be 400 or 422; got 418.',
    ],
    [
      'a size that is no number',
      { maxBodyBytes: '1mb' },
      'createThing: maxBodyBytes must be a positive number of bytes; got "1mb".',
    ],
    ['a size of nothing', { maxBodyBytes: 0 }, 'got 0.'],
    [
      'types that are no text',
      { problemTypes: new URL('https://example.com') },
      `createThing: problemTypes must be text such as '/problems/'; got "https://example.com/".`,
    ],
    ['a base without a scheme', { publicBaseUrl: 'api.example.com' }, 'publicBaseUrl must be an http or https URL'],
  ])('%s', (_, changed, message) => {
    expect(() => define(changed)).toThrow(TypeError)
    expect(() => define(changed)).toThrow(message)
  })

  it.each(['operation', 'store', 'principal', 'input', 'create', 'duplicates', 'idempotency', 'location'] as const)(
    '%s is missing',
    (name) => {
      expect(() => without(name)).toThrow(new RegExp(`\\b${name} must be .*; got undefined\\.$`))
    },
  )
})
