import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import client from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { created, defineCreation, type Observer, problemCatalogue } from '../../src/index.ts'
import { labels, metrics, observeAll, openTelemetry, prometheusMetrics } from '../../src/observe/index.ts'
import { type SqliteStore, type SqliteTransaction, sqliteStore } from '../../src/stores/sqlite.ts'
import { createGate } from '../../src/testing/gate.ts'
import { manualTime } from '../../src/testing/manual-time.ts'
import { temporaryFile } from '../stores/temporary-file.ts'

const SECRETS = /key-5e1f|caller-41b2|body-9a3c|select secret/
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A creation on SQLite that is watched, and a way to send to it. */
async function watched(observe: Observer | undefined, hold?: { entered(): void; opened: Promise<void> }) {
  const { file, remove } = await temporaryFile()
  const time = manualTime()
  const watching = observe === undefined ? {} : { observe }
  const store: SqliteStore = await sqliteStore({
    file,
    schema: 'create table if not exists item (name text)',
    time,
    ...watching,
  })
  closing.push(remove, () => store.close())
  const creation = defineCreation<{ name: string }, { id: string }, SqliteTransaction>({
    operation: 'createItem',
    store,
    principal: () => 'caller-41b2',
    input: z.strictObject({ name: z.string() }),
    async create({ name }, { tx }) {
      if (name === 'held') {
        hold!.entered()
        await hold!.opened
      }
      if (name === 'broken') throw new Error('select secret')
      tx.prepare('insert into item (name) values (?)').run(name)
      return created({ id: '1' })
    },
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/items/{id}',
    time,
    ...watching,
  })
  const send = (name: unknown, key?: string) =>
    creation.handle({
      method: 'POST',
      path: '/items',
      query: '',
      params: {},
      headers: { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) },
      body: { kind: 'raw', bytes: Buffer.from(JSON.stringify({ name })) },
      requestId: 'r1',
      native: undefined,
    })
  return { creation, store, send, time }
}

/** Created twice, replayed, refused, failed, refused by the framework. */
async function traffic({ send, creation }: Awaited<ReturnType<typeof watched>>): Promise<void> {
  await send('body-9a3c', 'key-5e1f')
  await send('body-9a3c', 'key-5e1f')
  await send('body-9a3c')
  await send(7, 'key-5e1f-2')
  await send('broken')
  creation.refuse('method-not-allowed', 'No.', { requestId: 'r2' })
}

const OUTCOMES = {
  'created ': 2,
  'replayed ': 1,
  'rejected invalid-input': 1,
  'failed internal-error': 1,
  'rejected method-not-allowed': 1,
}

describe('prometheusMetrics', () => {
  it('counts every request by outcome and code, and has every other pair at 0', async () => {
    const register = new client.Registry()
    const shop = await watched(prometheusMetrics({ client, register }))
    const counted = async () =>
      Object.fromEntries(
        (await register.getSingleMetric('createonce_creations_total')!.get()).values.map(({ value, labels }) => [
          `${labels['outcome']} ${labels['code'] ?? ''}`,
          value,
        ]),
      )
    const before = await counted()
    expect(new Set(Object.values(before))).toEqual(new Set([0]))
    expect(Object.keys(before)).toHaveLength(4 + Object.keys(problemCatalogue).length)
    await traffic(shop)
    expect(await counted()).toEqual({ ...before, ...OUTCOMES })
  })

  it('has the names, types, labels and meanings of the metric table, and no others', async () => {
    const register = new client.Registry()
    const shop = await watched(prometheusMetrics({ client, register }))
    await traffic(shop)
    await shop.store.purge()
    expect(
      register
        .getMetricsAsArray()
        .map(({ name, type, help }) => ({ name, type: String(type), help }))
        .sort(byName),
    ).toEqual(
      Object.values(metrics)
        .map(({ prometheus, type, meaning }) => ({ name: prometheus, type, help: meaning }))
        .sort(byName),
    )
    for (const { name, values } of await register.getMetricsAsJSON()) {
      const row = Object.values(metrics).find(({ prometheus }) => prometheus === name)!
      for (const value of values) {
        const known: readonly string[] = [...row.labels, 'le']
        expect(Object.keys(value.labels).filter((label) => !known.includes(label))).toEqual([])
      }
    }
    expect(await register.metrics()).not.toMatch(SECRETS)
  })

  it('tells how many are in flight, and how long the oldest has been', async () => {
    const [entered, gate] = [createGate(), createGate()]
    const register = new client.Registry()
    let now = 1_000
    const observe = prometheusMetrics({ client, register, clock: () => now })
    const { send } = await watched(observe, { entered: () => entered.open(), opened: gate.opened })
    const seen = async () => [
      (await register.getSingleMetric('createonce_creations_in_flight')!.get()).values[0]!.value,
      (await register.getSingleMetric('createonce_creation_oldest_age_seconds')!.get()).values[0]!.value,
    ]
    expect(await seen()).toEqual([0, 0])
    const held = send('held')
    await entered.opened
    now += 2_500
    const later = send('body')
    expect(await seen()).toEqual([2, 2.5])
    gate.open()
    await Promise.all([held, later])
    expect(await seen()).toEqual([0, 0])
  })

  it('shows what the store does: latency by answer, group commits, purges', async () => {
    const register = new client.Registry()
    const { send, store, time } = await watched(prometheusMetrics({ client, register }))
    await Promise.all(Array.from({ length: 20 }, (_, index) => send('body', `k${index}`)))
    await send('broken')
    const text = await register.metrics()
    expect(text).toContain(
      'createonce_store_duration_seconds_count{store="sqlite",operation="createItem",call="once",result="executed"} 20',
    )
    expect(text).toContain(
      'createonce_store_duration_seconds_count{store="sqlite",operation="createItem",call="once",result="failed"} 1',
    )
    expect(text).toContain('createonce_store_commit_size_sum{store="sqlite"} 20')
    expect(Number(/createonce_store_commit_size_count\{store="sqlite"\} (\d+)/.exec(text)![1])).toBeLessThan(20)
    time.move(25 * 3_600_000)
    expect(await store.purge()).toBe(20)
    const after = await register.metrics()
    expect(after).toContain('createonce_store_purged_total{store="sqlite"} 20')
    expect(after).toContain('createonce_store_purges_total{store="sqlite"} 1')
  })
})

describe('openTelemetry', () => {
  it('writes the metric table with the attributes of its labels', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
    const provider = new MeterProvider({ readers: [reader] })
    closing.push(() => provider.shutdown())
    const shop = await watched(openTelemetry({ meter: provider.getMeter('createonce') }))
    await traffic(shop)
    await shop.store.purge()
    await provider.forceFlush()
    const exported = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
    const names = exported.map(({ descriptor }) => descriptor.name).sort()
    // Nothing was retried, and an instrument without a value is not exported.
    expect(names).toEqual(
      Object.keys(metrics)
        .filter((name) => name !== 'createonce.store.retries')
        .sort(),
    )
    const counted = exported
      .find(({ descriptor }) => descriptor.name === 'createonce.creations')!
      .dataPoints.filter(({ value }) => value !== 0)
      .map(({ value, attributes }) => [
        `${attributes['createonce.outcome']} ${attributes['createonce.code'] ?? ''}`,
        value,
      ])
    expect(Object.fromEntries(counted)).toEqual(OUTCOMES)
    const known: string[] = Object.values(labels).map(({ attribute }) => attribute)
    for (const { dataPoints } of exported)
      for (const { attributes } of dataPoints) expect(known).toEqual(expect.arrayContaining(Object.keys(attributes)))
    expect(JSON.stringify(exported)).not.toMatch(SECRETS)
  })

  it('writes one span for each request, with its outcome and nothing secret; a 5xx is an error', async () => {
    const exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
    closing.push(() => provider.shutdown())
    await traffic(await watched(openTelemetry({ tracer: provider.getTracer('createonce') })))
    const spans = exporter.getFinishedSpans()
    expect(spans.map(({ name, attributes, status }) => ({ name, status: status.code, ...attributes }))).toMatchObject(
      [
        ['created', 201],
        ['replayed', 201],
        ['created', 201],
        ['rejected', 400, 'invalid-input'],
        ['failed', 500, 'internal-error'],
        ['rejected', 405, 'method-not-allowed'],
      ].map(([outcome, status, code]) => ({
        name: 'creation createItem',
        'createonce.operation': 'createItem',
        'createonce.outcome': outcome,
        'http.response.status_code': status,
        status: status === 500 ? 2 : 0,
        ...(code !== undefined && { 'createonce.code': code }),
        ...(status === 500 && { 'error.type': code }),
      })),
    )
    expect(spans.map(({ attributes }) => 'error.type' in attributes).filter(Boolean)).toHaveLength(1)
    expect(JSON.stringify(spans.map(({ attributes, events, name }) => ({ attributes, events, name })))).not.toMatch(
      SECRETS,
    )
  })
})

describe('an observer', () => {
  const failing = (): never => {
    throw new Error('no disk')
  }

  it.each<[string, Observer]>([
    ['before it runs the request', { creation: failing, store: failing }],
    ['after it has run the request', { creation: (_, run) => [run(() => {}), failing()][0] as never }],
    ['when it is told', { creation: (_, run) => run(failing) }],
  ])('that throws %s changes no answer and keeps no other from seeing', async (_, observe) => {
    const register = new client.Registry()
    const { send } = await watched(observeAll(observe, prometheusMetrics({ client, register }), observe))
    const answers = [await send('body', 'k1'), await send('body', 'k1')]
    expect(answers.map(({ status, headers }) => [status, headers['Idempotent-Replayed']])).toEqual([
      [201, undefined],
      [201, 'true'],
    ])
    const text = await register.metrics()
    expect(text).toContain('createonce_creations_total{operation="createItem",outcome="created"} 1')
    expect(text).toContain('createonce_creations_in_flight{operation="createItem"} 0')
  })

  it('that runs the request twice creates once', async () => {
    const twice: Observer = { creation: (_, run) => [run(() => {}), run(() => {})][0]! }
    const { send, store } = await watched(twice)
    await send('body')
    expect(store.read.prepare('select count(*) as n from item').get()).toEqual({ n: 1 })
  })
})

function byName(one: { name: string }, other: { name: string }): number {
  return one.name < other.name ? -1 : 1
}
