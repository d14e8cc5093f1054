import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { endWithUs } from '../../../packages/server/test/stores/end-with-us.ts'

/** A process of the example's service. */
export interface Service {
  readonly origin: string
  /** SIGKILL: no shutdown, no goodbye. */
  kill(): Promise<void>
}

/** Starts `server.mjs`. Its lease is short, since the tests wait for its end. */
export async function startService(redisUrl: string, providerUrl: string): Promise<Service> {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('../server.mjs', import.meta.url))], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: '0',
      LEASE_MS: '1200',
      REDIS_URL: redisUrl,
      PROVIDER_URL: providerUrl,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const leave = endWithUs(child.pid!)
  const ended = once(child, 'exit')
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return {
    origin: /http:\/\/\S+/.exec(line)![0],
    async kill() {
      leave()
      child.kill('SIGKILL')
      await ended
    },
  }
}
