// One side of the benchmark in a process of its own; tells its CPU time when asked.
import fastify from 'fastify'
import { sides } from './sides.mjs'

const app = fastify()
sides[process.argv[2]](app)
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('message', () => process.send({ cpu: process.cpuUsage() }))
process.send({ port: app.server.address().port })
