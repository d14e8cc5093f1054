import { loadTarget, verify } from '@createonce/verifier'
import { whyAboutDocument } from './about-documents.mjs'
import { headersOf, principals } from './credentials.mjs'
import { withParents } from './with-parents.mjs'

// What one creation takes with everything on is some 300; a limit that is met would leave checks inconclusive.
const REQUESTS_EACH = 1_000
// Two cores that serve, verify and do other things beside it.
const TIMEOUT_MS = 30_000

/** Verifies what is served at a base URL against the document that it is served from, with everything on. */
export async function judge({ file, name, document, baseUrl, operations, start, checks }) {
  const target = withParents(await loadTarget(file, { baseUrl }))
  const [headers, otherHeaders] = principals.map((principal) => headersOf(document, principal))
  const run = verify({
    target,
    operations,
    headers,
    ...(otherHeaders.length > 0 && { otherHeaders }),
    ...{ hostile: true, seed: 1, timeoutMs: TIMEOUT_MS, maxRequests: REQUESTS_EACH * (operations.length + 1) },
    ...(checks !== undefined && { checks }),
    ...(start !== undefined && { start }),
  })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return toOutcome(name, step.value)
}

function toOutcome(name, report) {
  const by = (verdict) => report.results.filter((one) => one.verdict === verdict)
  const findings = by('fail').filter(({ level }) => level !== 'note')
  const about = findings.filter((finding) => whyAboutDocument(name, finding) !== undefined)
  const isPassed = (operation, ...checks) =>
    checks.some((check) =>
      report.results.some((one) => one.operation === operation && one.check === check && one.verdict === 'pass'),
    )
  const unjudged = report.operations.filter(({ judged }) => !judged)
  const truly = report.operations.filter(
    ({ id, judged }) =>
      judged &&
      isPassed(id, 'created-status-201', 'put-create-201', 'bulk-item-results') &&
      isPassed(id, 'location-resolves', 'no-201-without-creation'),
  )
  return {
    passed: by('pass').length,
    failed: findings.length - about.length,
    notes: by('fail').length - findings.length,
    aboutDocument: about.length,
    inconclusive: by('inconclusive').length,
    requests: report.requests,
    seconds: report.durationMs / 1000,
    trulyServed: truly.map(({ id }) => id),
    leftovers: report.leftovers,
    failures: [
      ...findings.filter((finding) => !about.includes(finding)),
      ...by('error'),
      ...unjudged.map(({ id, reason }) => ({ check: 'judged', operation: id, level: 'error', message: reason })),
    ].map(({ check, operation, level, message, reproduce }) => ({ check, operation, level, message, reproduce })),
    inconclusives: by('inconclusive').map(({ check, operation, message }) => ({ check, operation, message })),
  }
}
