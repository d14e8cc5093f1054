import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toOperation, withCreations } from '../../src/openapi/index.ts'
import { memoryStore } from '../../src/stores/memory.ts'
import { define, emptyDocument, faultsOf, NO_FAULTS, order } from './define.ts'

const naturalKey = ['item']
const find = (): undefined => undefined
const idempotency = fc.record({
  key: fc.constantFrom('off', 'optional', 'required'),
  retention: fc.constantFrom('PT24H', 'P7D', 1, 86_400_000),
  reusedStatus: fc.constantFrom(400, 422),
  replay: fc.constantFrom('full', 'reference'),
  maxRecordedBytes: fc.constantFrom(undefined, 1_000),
})
const settings = fc
  .record({
    duplicates: fc.constantFrom(
      'allow',
      { policy: 'reject', naturalKey },
      { policy: 'return-existing', naturalKey, find },
    ),
    idempotency,
    invalidStatus: fc.constantFrom(400, 422),
    location: fc.constantFrom('/orders/{id}', '/shops/{shop}/orders/{id}', '/orders{/id}{?item}', () => '/orders/1'),
    publicBaseUrl: fc.constantFrom(undefined, 'https://api.example.com/v1'),
    etag: fc.constantFrom(undefined, () => '"1"'),
    onCrash: fc.constantFrom(undefined, 'block', 'rerun'),
    openapi: fc.record({
      representation: fc.constantFrom(undefined, order),
      tags: fc.constantFrom(undefined, ['orders']),
      parameters: fc.constantFrom(undefined, [{ name: 'dry', in: 'query', schema: { type: 'boolean' } }]),
    }),
  })
  .map(({ onCrash, ...others }) =>
    onCrash === undefined ? others : { ...others, onCrash, store: { ...memoryStore(), guarantee: 'leased' } },
  )

it('every combination of policies makes a valid document, merged or alone', async () => {
  const get = { get: { responses: { 200: { description: 'It.' } } } }
  await fc.assert(
    fc.asyncProperty(settings, fc.constantFrom('/orders', '/shops/{shop}/orders'), async (changed, path) => {
      const creation = define(changed)
      const own = path.includes('{') ? { parameters: [{ name: 'shop', in: 'path', required: true, schema: {} }] } : {}
      const given = emptyDocument({
        paths: {
          '/orders/{id}': { parameters: [{ name: 'id', in: 'path', required: true, schema: {} }], ...get },
          [path]: own,
        },
      })
      expect(await faultsOf(withCreations(given, { [`POST ${path}`]: creation }))).toEqual(NO_FAULTS)
      const alone = emptyDocument({ paths: { [path]: { post: toOperation(creation, { path }) } } })
      expect(await faultsOf(alone)).toEqual(NO_FAULTS)
    }),
    { numRuns: 60 },
  )
})
