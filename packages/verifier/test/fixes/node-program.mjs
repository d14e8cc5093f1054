// Starts one program of the pages, which exports an Express or a Fastify app: `node node-program.mjs PROGRAM PORT`.
import http from 'node:http'
import { pathToFileURL } from 'node:url'

const [program, port] = process.argv.slice(2)
const { app } = await import(pathToFileURL(program).href)
if (typeof app === 'function') http.createServer(app).listen(Number(port), '127.0.0.1')
else await app.listen({ port: Number(port), host: '127.0.0.1' })
