import type { Report, Result } from '../../src/index.ts'
import { findingId } from '../../src/report/finding-id.ts'

/** A report of two operations, `POST /books` and `POST /orders`, with these results. */
export function reportOf(results: readonly Result[], more: Partial<Report> = {}): Report {
  const operation = (id: string, path: string) => ({
    ...{ id, path, method: 'POST', policy: {}, inferred: [], judged: true },
  })
  return {
    schemaVersion: 1,
    tool: { name: 'createonce', version: '0.1.0' },
    target: { baseUrl: 'http://localhost', document: 'api/openapi.yaml' },
    startedAt: '2030-01-01T00:00:00.000Z',
    durationMs: 1234,
    seed: 42,
    requests: 99,
    operations: [operation('createBook', '/books'), operation('createOrder', '/orders')],
    checks: [{ id: 'location-present', group: 'location', title: 'A 201 has a Location' }],
    results,
    exchanges: [],
    leftovers: [],
    ...more,
  }
}

/** A missing Location, or what `more` says. */
export function resultOf(more: Partial<Result> = {}): Result {
  const { check = 'location-present', operation = 'createBook', verdict = 'fail' } = more
  const path = operation === 'createBook' ? '/books' : '/orders'
  return {
    ...(verdict === 'fail' ? { id: findingId(check, { method: 'POST', path }) } : {}),
    check,
    operation,
    verdict,
    level: 'warning',
    basis: 'standard',
    source: 'RFC 9110 §9.3.3',
    message: 'The 201 answer has no Location.',
    fix: 'Send it.',
    evidence: [],
    reproduce: 'curl -i http://localhost/books',
    ...more,
  }
}
