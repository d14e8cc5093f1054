import { describe, expect, it } from 'vitest'
import { freePort } from '../../../../../scripts/free-port.mjs'
import { type Running, startCreateonce } from '../../createonce.ts'
import { allCustomers, startClients } from './clients.ts'
import { shopFolder } from './serve-shop.ts'

const KILLS = 4

describe('kill -9 under load, with clients that retry', () => {
  it('loses nothing that was acknowledged, and creates nothing twice', async () => {
    const cwd = shopFolder()
    const port = String(await freePort())
    const start = (): Promise<Running> =>
      startCreateonce(['serve', 'openapi.yaml', '--port', port, '--host', '127.0.0.1'], { cwd })
    let service = start()
    await service
    const clients = startClients(8, async () => (await service).url)
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await clients.reached(kill * 50)
      const before = await service
      before.process.kill('SIGKILL')
      service = before.ended.then(start)
      await service
    }
    await clients.reached((KILLS + 1) * 50)
    await clients.finish()
    const { url, stop } = await service
    const kept = await allCustomers(url)
    expect((await stop()).code).toBe(0)
    // Otherwise no request was under way when the process was killed.
    expect(clients.failures.length).toBeGreaterThan(0)
    expect(new Map([...kept].sort())).toEqual(new Map([...clients.acknowledged].sort()))
  })
})
