import { afterEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../../scripts/free-port.mjs'
import { type PaymentProvider, startProvider } from '../../../server/test/stores/payment-provider.ts'
import { startPostgres } from '../../../server/test/stores/postgres-server.ts'
import { hasRedis, startRedis } from '../../../server/test/stores/redis-server.ts'
import { type StoreProcess, startScript } from '../../../server/test/stores/start-process.ts'
import { createonce, startCreateonce } from '../createonce.ts'
import { type Answer, send } from '../send.ts'

// Three services are broken as they break at night. Whoever is called has the log line, or a report, and `explain`; what that
// says to do first is done here to the word, and nothing else, and the service works again.

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Asks `createonce explain` for the first response. */
async function firstResponse(code: string): Promise<string> {
  const { code: exit, stdout } = await createonce(['explain', code, '--json'])
  expect(exit).toBe(0)
  return (JSON.parse(stdout) as { firstResponse: string }).firstResponse
}

/** Does what a text says, sentence by sentence; one that nobody here knows how to do fails the test. */
async function carryOut(text: string, steps: Readonly<Record<string, () => Promise<void> | void>>): Promise<void> {
  expect(text).toBe(Object.keys(steps).join(' '))
  for (const step of Object.values(steps)) await step()
}

interface LogLine {
  readonly msg?: string
  readonly event?: string
  readonly code?: string
  readonly level: number
  readonly operation?: string
  readonly attemptKey?: string
  readonly err?: { readonly message: string; readonly stack: string }
}

/** A service, with its log. */
interface Service {
  readonly origin: string
  readonly process: StoreProcess
  /** The next line of the log that fits. */
  logged(fits: (line: LogLine) => boolean): Promise<LogLine>
}

async function start(script: string, mode: string, ...options: readonly string[]): Promise<Service> {
  const process = startScript(new URL(script, import.meta.url), mode, ...options)
  cleanUps.push(() => process.kill())
  const logged: Service['logged'] = async (fits) => {
    for (;;) {
      const line = (await process.heard()) as LogLine
      if (fits(line)) return line
    }
  }
  const { msg } = await logged(({ msg = '' }) => msg.startsWith('Server listening at'))
  return { origin: msg!.replace('Server listening at ', ''), process, logged }
}

const post = (url: string, key: string, body: object): Promise<Answer> =>
  send('POST', url, { headers: { 'Idempotency-Key': key }, body })

describe('the first response of the runbook mends', () => {
  it('a database that is gone', async () => {
    const server = await startPostgres()
    cleanUps.push(() => server.stop())
    const config = server.config(await server.createDatabase())
    const { origin, logged } = await start('orders-process.mjs', 'serve', JSON.stringify(config))
    const order = (key: string) => post(`${origin}/orders`, key, { name: key })
    expect((await order('before')).status).toBe(201)

    await server.kill()
    expect((await order('meanwhile')).status).toBe(503)
    const line = await logged(({ event }) => event === 'creation.failed')
    expect(line).toMatchObject({ level: 50, operation: 'createOrder', code: 'store-unavailable' })

    await carryOut(await firstResponse(line.code!), {
      'Bring the database back; the log line holds its error.': async () => {
        expect(line.err!.message).not.toBe('')
        await server.restart()
      },
      'Clients retry with the same key.': async () => {
        expect((await order('meanwhile')).status).toBe(201)
      },
    })
    expect(await server.query(config.database, 'select name from thing order by name')).toEqual([
      { name: 'before' },
      { name: 'meanwhile' },
    ])
  })

  it.skipIf(!hasRedis())('a key that is blocked by a crash', async () => {
    const server = await startRedis()
    cleanUps.push(() => server.stop())
    const provider: PaymentProvider = await startProvider()
    cleanUps.push(() => provider.close())
    const settings = [String(server.port), provider.url, '1200']
    const [dying, living] = await Promise.all([
      start('payments-process.mjs', 'die', ...settings),
      start('payments-process.mjs', 'live', ...settings),
    ])
    const pay = ({ origin }: Service) => post(`${origin}/payments`, 'k1', { amount: 5 })

    const lost = expect(pay(dying)).rejects.toThrow()
    const { attemptKey } = await dying.logged((line) => line.attemptKey !== undefined)
    await dying.process.kill()
    await lost
    // As long as the lease lasts, the client is told to come again.
    let refused = await pay(living)
    while (refused.json().type === '/problems/idempotency-key-in-flight') refused = await pay(living)
    expect(refused.status).toBe(409)
    const line = await living.logged(({ event }) => event === 'creation.blocked')
    expect(line).toMatchObject({ level: 40, code: 'idempotency-key-blocked' })

    await carryOut(await firstResponse(line.code!), {
      'Find out whether the effect happened; the system that it reaches knows it by the `attemptKey`.': () => {
        expect(provider.charges.has(attemptKey!)).toBe(false)
      },
      'Then let the key go with `createonce keys release`, or with `release()` of the store.': async () => {
        const store = `redis://127.0.0.1:${server.port}`
        const key = ['k1', '--operation', line.operation!, '--principal', 'ann']
        // The driver is that of the project in whose folder it runs.
        const released = await createonce(['keys', 'release', ...key, '--store', store, '--yes'], {
          cwd: process.cwd(),
        })
        expect(released).toMatchObject({ code: 0, stdout: expect.stringContaining('Released') })
      },
    })
    expect((await pay(living)).status).toBe(201)
    expect(provider.asked).toEqual([attemptKey])
  })

  it('a public base URL that is another one than clients call', async () => {
    const port = String(await freePort())
    const target = `http://127.0.0.1:${port}`
    const serve = (publicBaseUrl: string) =>
      startCreateonce([
        'serve',
        '--port',
        port,
        '--host',
        '127.0.0.1',
        '--store',
        'memory:',
        '--public-base-url',
        publicBaseUrl,
      ])
    const wrong = await serve('http://inner.shop.example')
    const judged = await createonce(['verify', target, '--operation', 'createPublisher', '--report', 'json=-'])
    expect(judged.code).toBe(1)
    const { results } = JSON.parse(judged.stdout) as { results: { check: string; verdict: string }[] }
    const red = results.filter(({ verdict }) => verdict === 'fail').map(({ check }) => check)
    expect(red).toEqual(['location-public-origin'])

    const text = await firstResponse(red[0]!)
    await carryOut(text, {
      'Send a path that starts with `/` and has the public prefix, or build the URL from a configured public base URL.':
        async () => {
          await wrong.stop()
          const right = await serve(target)
          cleanUps.push(() => right.stop())
        },
      'Then judge it again: `createonce verify TARGET --check location-public-origin`.': async () => {
        const [, words] = /`createonce (verify TARGET [^`]+)`/.exec(text)!
        const again = await createonce(words!.replace('TARGET', target).split(' '))
        expect(again.code).toBe(0)
      },
    })
  })
})
