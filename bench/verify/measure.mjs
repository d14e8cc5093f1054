// Verifies one document in this process and tells of time, requests and heap: node --expose-gc measure.mjs URL EVERY
import { loadTarget, verify } from '@createonce/verifier'

const target = await loadTarget(process.argv[2])
const heaps = []
const run = verify({ target, seed: 1, maxRequests: 1_000_000 })
const every = Number(process.argv[3])
let begun = 0
let step = await run.next()
while (!step.done) {
  if (step.value.kind === 'operation-started' && begun++ % every === 0) heaps.push(heapInUse())
  step = await run.next()
}
const { requests, durationMs } = step.value
process.stdout.write(JSON.stringify({ requests, seconds: durationMs / 1000, heaps }))

function heapInUse() {
  globalThis.gc()
  return process.memoryUsage().heapUsed / 1e6
}
