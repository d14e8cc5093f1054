import type { Reply } from '../styles/decisions.ts'
import { type Fault, fault, faultsBy, onAnswer, withHeader } from './fault.ts'

const refusedAs = (code: string, status: number) =>
  onAnswer('refused', (reply, about) => (about.code === code ? withStatus(reply, status) : reply))

function withStatus(reply: Reply, status: number): Reply {
  return { ...reply, status, body: { ...(reply.body as object), status } }
}

const own = (reply: Reply): Reply => ({
  ...withHeader(reply, 'Content-Type', 'application/json'),
  body: { error: 'no' },
})

const zalando: readonly Fault[] = [
  fault('422 for invalid content', 'zalando-invalid-400', 'Zalando', refusedAs('invalid-input', 422)),
  fault('400 for duplicates', 'zalando-duplicate-409', 'Zalando', refusedAs('duplicate', 400)),
  fault('422 for duplicates', 'zalando-duplicate-409', 'Zalando', refusedAs('duplicate', 422)),
  fault('422 for a reused key', 'zalando-key-reuse-400', 'Zalando', refusedAs('idempotency-key-reused', 422)),
  fault(
    'Location as a path',
    'zalando-location-absolute',
    'Zalando',
    onAnswer('created', (reply, { path }) => withHeader(reply, 'Location', path)),
  ),
  fault(
    'a list that is an array',
    'zalando-object-at-top',
    'Zalando',
    onAnswer('listed', (reply) => ({ ...reply, body: Object.values(reply.body as object)[0] })),
  ),
  fault(
    'a Link header on a create',
    'zalando-no-link-header',
    'Zalando',
    onAnswer('created', (reply, { path }) => withHeader(reply, 'Link', `<${path}>; rel="self"`)),
  ),
  fault(
    'errors in a format of their own',
    'zalando-problem-json',
    'Zalando',
    onAnswer('refused', own),
    'conflict-409-explains validation-lists-all-errors doc-errors-declared',
  ),
  fault(
    'a framework that makes its own 404 and 405',
    'zalando-problem-json',
    'Zalando',
    onAnswer('refused', (reply) => ([404, 405].includes(reply.status) ? own(reply) : reply)),
  ),
  fault(
    'a problem with another status',
    'zalando-problem-json',
    'Zalando',
    onAnswer('refused', (reply) => ({ ...reply, body: { ...(reply.body as object), status: 500 } })),
  ),
]

const onData = (change: (data: Record<string, unknown>, path: string) => unknown) =>
  onAnswer('created', (reply, { path }) => ({
    ...reply,
    body: { data: change((reply.body as { data: Record<string, unknown> }).data, path) },
  }))
const errorsAs = (change: (errors: readonly Record<string, unknown>[]) => unknown) =>
  onAnswer('refused', (reply) => ({
    ...reply,
    body: { errors: change((reply.body as { errors: readonly Record<string, unknown>[] }).errors) },
  }))

const jsonApi: readonly Fault[] = [
  fault(
    'JSON:API sent as application/json',
    'json-api-media-type',
    'JSON:API',
    onAnswer('created read listed', (reply) => withHeader(reply, 'Content-Type', 'application/json')),
    'doc-201-and-location',
  ),
  fault(
    'a charset beside the type of JSON:API',
    'json-api-media-type',
    'JSON:API',
    onAnswer('created', (reply) => withHeader(reply, 'Content-Type', 'application/vnd.api+json; charset=utf-8')),
  ),
  fault(
    'a resource without a type',
    'json-api-resource-object',
    'JSON:API',
    onData(({ type: _, ...data }) => data),
    'body-equals-get',
  ),
  fault(
    'errors beside the resource',
    'json-api-resource-object',
    'JSON:API',
    onAnswer('created', (reply) => ({ ...reply, body: { ...(reply.body as object), errors: [] } })),
  ),
  fault(
    'a self link that is not Location',
    'json-api-self-is-location',
    'JSON:API',
    onData((data, path) => ({ ...data, links: { self: `${path}?view=full` } })),
    'body-equals-get body-describes-created',
  ),
  fault('422 for another type', 'json-api-other-type-409', 'JSON:API', {
    knowsTypes: (what) => what !== 'resource',
  }),
  fault('unknown parameters of content are ignored', 'json-api-parameters-415', 'JSON:API', {
    knowsTypes: (what) => what !== 'content',
  }),
  fault('unknown parameters of Accept are ignored', 'json-api-accept-406', 'JSON:API', {
    knowsTypes: (what) => what !== 'accept',
  }),
  fault(
    'errors that are one object',
    'json-api-error-documents',
    'JSON:API',
    errorsAs(([error]) => error),
  ),
  fault(
    'errors with a status that is a number',
    'json-api-error-documents',
    'JSON:API',
    errorsAs((errors) => errors.map((error) => ({ ...error, status: Number(error['status']) }))),
  ),
  fault(
    'problem documents instead of errors',
    'json-api-error-documents',
    'JSON:API',
    onAnswer('refused', (reply) => ({
      ...withHeader(reply, 'Content-Type', 'application/problem+json'),
      body: { title: 'refused', status: reply.status },
    })),
    'validation-lists-all-errors doc-errors-declared',
  ),
]

/** What is a fault by guidelines alone. */
export const guidelineFaults: readonly Fault[] = [...faultsBy('zalando', zalando), ...faultsBy('json-api', jsonApi)]
