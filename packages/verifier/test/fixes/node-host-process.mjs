// Starts programs of the pages, each of which exports an Express or a Fastify app, on free ports of the loopback
// interface. Reads the path of a program from each line of its input, and answers each with a line of JSON.
import http from 'node:http'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

for await (const path of createInterface({ input: process.stdin })) {
  try {
    const { app } = await import(pathToFileURL(path).href)
    say({ port: typeof app === 'function' ? await listen(app) : await listenFastify(app) })
  } catch (error) {
    say({ error: String(error?.stack ?? error) })
  }
}

async function listenFastify(app) {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return app.server.address().port
}

async function listen(app) {
  const server = http.createServer(app)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.address().port
}

function say(reply) {
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}
