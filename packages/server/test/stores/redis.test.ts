import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { describeLeasedStore } from '../../src/testing/index.ts'
import { type Client, libraries, type Servers, startCluster, startOne } from './open-redis.ts'
import { hasRedis, REDIS } from './redis-server.ts'

const LEASE_MS = 10_000

let opened = 0

/** Runs the published suite over both libraries. */
function describeOver(name: string, start: () => Promise<Servers>): void {
  describe(name, () => {
    let servers: Servers
    beforeAll(async () => {
      servers = await start()
    })
    afterAll(() => servers.stop())

    for (const library of libraries) {
      describe(library, () => {
        // Two processes have two connections.
        let clients: readonly [Client, Client]
        beforeAll(async () => {
          clients = [await servers.clients[library](), await servers.clients[library]()]
        })
        afterAll(async () => {
          for (const client of clients) await client.close()
        })

        describeLeasedStore<undefined>(
          {
            name: `${library}, ${name}`,
            async open(time) {
              // Every test has keys of its own.
              const prefix = `test-${++opened}:`
              const settings = { prefix, leaseMs: LEASE_MS, redisNow: time.now }
              const store = clients[0].open({ ...settings, time })
              return {
                store,
                leaseMs: LEASE_MS,
                another: async (own) => clients[1].open({ ...settings, time: own }),
                dispose: () => store.close(),
              }
            },
          },
          { afterEach, beforeEach, describe, it },
        )
      })
    }
  })
}

// Valkey where it is installed: Debian has it from 13 on.
for (const binary of [REDIS, ...['valkey-server'].filter(hasRedis)]) {
  describe.skipIf(!hasRedis(binary))(binary, () => {
    describeOver('one server', () => startOne(binary))
    describeOver('a cluster of three', () => startCluster(binary))
  })
}
