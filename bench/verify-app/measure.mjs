// Verifies one app in this process, as a test does, and tells how long that took: node measure.mjs Fastify
import { apps } from './apps.mjs'
import { itemsDocument } from './items.mjs'

const app = await apps[process.argv[2]]()
const begun = performance.now()
const spent = process.cpuUsage()
const { verifyApp } = await import('@createonce/verifier/testing')
const report = await verifyApp(app, { document: itemsDocument, seed: 1 })
const first = performance.now()
const { user, system } = process.cpuUsage(spent)
await verifyApp(app, { document: itemsDocument, seed: 2 })
process.stdout.write(
  JSON.stringify({
    first: (first - begun) / 1000,
    next: (performance.now() - first) / 1000,
    cpu: (user + system) / 1e6,
    requests: report.requests,
  }),
)
