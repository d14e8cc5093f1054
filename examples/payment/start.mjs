// A payment provider and the service, which is a process of its own, and is started again when it is killed: try `kill -9`.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startProvider } from './provider.mjs'

const provider = await startProvider(Number(process.env.PROVIDER_PORT ?? 0))
console.log(`What the provider has charged: curl ${provider.url}/charges`)

let service
let isEnding = false
keep()

function keep() {
  const env = { ...process.env, PROVIDER_URL: provider.url }
  service = spawn(process.execPath, [fileURLToPath(new URL('server.mjs', import.meta.url))], { env, stdio: 'inherit' })
  service.once('exit', async (code, signal) => {
    if (signal === 'SIGKILL' && !isEnding) {
      console.log('The service was killed and is started again.')
      return keep()
    }
    await provider.close()
    process.exitCode = code ?? 0
  })
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isEnding = true
    service.kill('SIGTERM')
  })
}
