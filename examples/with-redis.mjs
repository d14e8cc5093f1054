// `node ../with-redis.mjs server.mjs` runs a program with REDIS_URL: the one that is set, or else that of a redis-server of
// its own, gone when the program ends. An example that was copied needs only `REDIS_URL=… node server.mjs`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openRedis } from './open-redis.mjs'

const redis = await openRedis(process.env.REDIS_URL).catch((error) => {
  console.error(error.message)
  process.exit(1)
})
const program = spawn(process.execPath, process.argv.slice(2), {
  env: { ...process.env, REDIS_URL: redis.url },
  stdio: 'inherit',
})
const exited = once(program, 'exit')
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => program.kill('SIGTERM'))
const [code] = await exited
await redis.close()
process.exit(code ?? 1)
