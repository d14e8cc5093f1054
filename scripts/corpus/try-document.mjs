import { askDeclared } from './ask-declared.mjs'
import { principals } from './credentials.mjs'
import { judge } from './judge.mjs'
import { readPlan } from './read-plan.mjs'
import { startServe } from './start-serve.mjs'
import { tryCrash } from './try-crash.mjs'

// The promise: of the creations of a document at least four of five are served.
const LEAST_SERVED = 0.8

/**
 * Serves one document, asks everything that it declares, verifies what it creates, and ends it. Returns a row with
 * what was seen and every failure with its evidence. At most `most` creations are judged; all are asked whether they
 * are served. `takeCrash` tells whether this document, where it creates, is also to be killed while it does.
 */
export async function tryDocument({ file, name }, { most = Number.POSITIVE_INFINITY, takeCrash = () => false } = {}) {
  const begun = performance.now()
  const row = { name, operations: 0, creations: 0, served: 0, unserved: [], passed: 0, failed: 0, inconclusive: 0 }
  const failures = []
  const fault = (check, message, more = {}) => failures.push({ check, operation: '', level: 'error', message, ...more })
  const service = await startServe(file, { tokens: principals })
  if (service.origin === undefined) {
    service.kill()
    fault('starts', `it ended with ${service.code} before it listened: ${service.said().slice(-2_000)}`)
    return { ...row, failures, startedInMs: service.startedInMs, seconds: elapsed(begun) }
  }
  try {
    const plan = await readPlan(file, service.origin)
    Object.assign(row, countsOf(plan), { version: plan.version })
    for (const { method, path } of plan.operations.filter(({ isTold }) => !isTold))
      fault('told', 'it is not in the served document', { operation: `${method} ${path}` })
    for (const one of await askDeclared(service.origin, plan.operations)) fault('answers', one.message, one)
    const served = plan.creations.filter(({ isServed }) => isServed)
    const operations = spread(served, most).map(({ id }) => id)
    if (operations.length > 0) {
      const judged = { file, name, document: plan.document, operations }
      const outcome = await judge({ ...judged, baseUrl: service.origin })
      requireServed(plan, outcome, operations, fault)
      Object.assign(row, sumsOf([outcome]))
      failures.push(...outcome.failures)
      if (takeCrash()) {
        // A dozen kills and starts for each creation: one shows what is true of all.
        const crashed = await tryCrash({ ...judged, operations: operations.slice(0, 1) })
        Object.assign(row, sumsOf([outcome, crashed]))
        failures.push(...crashed.failures)
      }
    } else if (plan.creations.length > 0) fault('served', `none of ${plan.creations.length} creations is served`)
  } catch (error) {
    fault('goes on', error.stack)
  }
  const code = await service.stop()
  if (code !== 0) fault('ends', `SIGTERM ended it with ${code}: ${service.said().slice(-2_000)}`)
  return { ...row, failures, startedInMs: service.startedInMs, seconds: elapsed(begun) }
}

function countsOf({ operations, creations }) {
  const unserved = operations.filter(({ isServed }) => !isServed)
  return {
    operations: operations.length,
    creations: creations.length,
    served: creations.filter(({ isServed }) => isServed).length,
    servedOperations: operations.length - unserved.length,
    unserved: unserved.map(({ method, path, why }) => ({
      operation: `${method} ${path}`,
      why,
      creates: creations.some((one) => one.method === method && one.path === path),
    })),
  }
}

/** At least four of five, by what the judge saw: 201, and found again. */
function requireServed({ creations }, { trulyServed }, judged, fault) {
  const missing = judged.filter((id) => !trulyServed.includes(id))
  const lacking = missing.length + creations.filter(({ isServed }) => !isServed).length
  const share = 1 - lacking / creations.length
  if (share < LEAST_SERVED) {
    const why = `${Math.round(share * 100)} % of ${creations.length} creations are served, and four of five have to be`
    fault('served', missing.length > 0 ? `${why}; not created and found again: ${missing.join(', ')}` : why)
  }
}

function sumsOf(outcomes) {
  const sum = (member) => outcomes.reduce((total, outcome) => total + outcome[member], 0)
  const sums = ['passed', 'failed', 'notes', 'aboutDocument', 'inconclusive', 'requests']
  return {
    ...Object.fromEntries(sums.map((member) => [member, sum(member)])),
    inconclusives: outcomes.flatMap(({ inconclusives }) => inconclusives),
  }
}

/** At most so many, from the first to the last. */
function spread(all, most) {
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)])
}

function elapsed(begun) {
  return Math.round((performance.now() - begun) / 100) / 10
}
