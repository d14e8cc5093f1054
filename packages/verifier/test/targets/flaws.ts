import type { DeclaredCreate } from './bookshop.ts'
import { correct, type Hooks } from './hooks.ts'

/** One thing that is wrong with the API, and who must notice. */
export interface Flaw {
  readonly name: string
  readonly hooks: () => Partial<Hooks>
  /** The check that this flaw is for. */
  readonly check: string
  readonly level: 'error' | 'warning' | 'note'
  /** Other checks that fail for the same cause. */
  readonly companions?: readonly string[]
  /** The operation on which it shows. */
  readonly operation: 'books' | 'reviews' | 'orders'
}

const flaw = (
  name: string,
  check: string,
  level: Flaw['level'],
  hooks: Partial<Hooks> | (() => Partial<Hooks>),
  companions: readonly string[] = [],
  operation = usualOperation(check),
): Flaw => ({ name, check, level, hooks: typeof hooks === 'function' ? hooks : () => hooks, companions, operation })

function usualOperation(check: string): Flaw['operation'] {
  if (check === 'parent-missing-4xx') return 'reviews'
  return check.startsWith('idem-') ? 'orders' : 'books'
}

const id = (path: string) => path.split('/').at(-1) ?? ''

/** Every flaw, each of which makes one check fail. */
export const flaws: readonly Flaw[] = [
  flaw('answers 200 to a create', 'created-status-201', 'warning', { createdStatus: () => 200 }, [
    'doc-201-and-location',
  ]),
  flaw('answers 201 for what existed already', 'no-201-without-creation', 'error', { unique: () => 'answer 201' }, [
    'duplicate-policy-enforced',
  ]),
  flaw('answers 499 to invalid input', 'status-code-registered', 'error', {
    status: (code, usual) => (code === 'invalid-input' ? 499 : usual),
  }),
  flaw(
    'answers 200 with a failure in the body',
    'status-code-registered',
    'error',
    {
      status: (code, usual) => (code === 'invalid-input' ? 200 : usual),
      problem: (body) => ({ body: { success: false, ...body }, type: 'application/json' }),
    },
    ['invalid-is-4xx', 'problem-details-valid', 'doc-errors-declared'],
  ),
  flaw('redirects the POST with 301', 'no-redirect-on-create', 'warning', {
    redirect: () => ({ status: 301, slash: true }),
  }),
  flaw('redirects the POST with 308', 'no-redirect-on-create', 'note', {
    redirect: () => ({ status: 308, slash: true }),
  }),
  flaw('sends no Location', 'location-present', 'warning', { location: () => [] }, ['prefer-handled']),
  flaw('sends two Location lines', 'location-well-formed', 'error', { location: (path) => [path, path] }),
  flaw('joins two URLs in Location', 'location-well-formed', 'error', { location: (path) => [`${path}, ${path}`] }, [
    'location-resolves',
  ]),
  flaw('sends a raw space in Location', 'location-well-formed', 'error', {
    location: (path) => [`${path}?title=two words`],
  }),
  flaw('sends a JSON array in Location', 'location-well-formed', 'error', { location: (path) => [`["${path}"]`] }, [
    'location-resolves',
  ]),
  flaw('sends a fragment in Location', 'location-well-formed', 'warning', { location: (path) => [`${path}#details`] }),
  flaw('sends a path in Location that is not routed', 'location-resolves', 'error', {
    location: (path) => [`/nowhere/${id(path)}`],
  }),
  flaw('sends only the id in Location', 'location-resolves', 'error', { location: (path) => [id(path)] }),
  flaw('shows what was created only later', 'async-202-not-201', 'error', { visible: (reads) => reads > 1 }),
  flaw('sends the collection in Location', 'location-identifies-created', 'error', {
    location: (_, { collection }) => [collection],
  }),
  flaw('sends the same Location every time', 'location-identifies-created', 'error', {
    location: (_, { firstEver }) => [firstEver],
  }),
  flaw('sends an inner host in Location', 'location-public-origin', 'warning', {
    location: (path) => [`http://10.0.3.7:8080${path}`],
  }),
  flaw('answers with a message instead of the resource', 'body-describes-created', 'warning', {
    created: () => ({ message: 'ok' }),
  }),
  flaw(
    'answers with neither content nor Location',
    'body-describes-created',
    'warning',
    {
      created: () => undefined,
      location: () => [],
    },
    ['location-present'],
  ),
  flaw(
    'echoes the input without what the server added',
    'body-equals-get',
    'warning',
    {
      created: (resource, input) => ({ id: resource['id'], ...input }),
    },
    [],
  ),
  flaw('stores text in lower case', 'input-roundtrip', 'error', {
    stored: (input) => mapped(input, (value) => (typeof value === 'string' ? value.toLowerCase() : value)),
  }),
  flaw('cuts text after 100 characters', 'input-roundtrip', 'error', {
    stored: (input) => mapped(input, (value) => (typeof value === 'string' ? value.slice(0, 99) : value)),
  }),
  flaw('drops a member', 'input-roundtrip', 'error', {
    stored: ({ pages: _, text: __, quantity: ___, ...rest }) => rest,
  }),
  flaw(
    'stores numbers as text',
    'input-roundtrip',
    'error',
    {
      stored: (input) => mapped(input, (value) => (typeof value === 'number' ? String(value) : value)),
    },
    ['doc-body-conforms'],
  ),
  flaw('keeps text of the basic plane only', 'unicode-roundtrip', 'error', {
    stored: (input) =>
      mapped(input, (value) => (typeof value === 'string' ? value.replace(/[^\0-\uffff]/gu, '?') : value)),
  }),
  flaw('keeps text as Latin-1', 'unicode-roundtrip', 'error', {
    stored: (input) =>
      mapped(input, (value) => (typeof value === 'string' ? value.replace(/[^\0-\xff]/gu, '?') : value)),
  }),
  flaw('normalises text', 'unicode-roundtrip', 'note', {
    stored: (input) => mapped(input, (value) => (typeof value === 'string' ? value.normalize('NFC') : value)),
  }),
  flaw('keeps numbers as 32-bit floats', 'number-precision-kept', 'error', {
    stored: (input) => ({
      ...input,
      ...(typeof input['price'] === 'number' ? { price: singleOf(input['price']) } : {}),
    }),
  }),
  flaw('keeps numbers up to a limit of its own', 'number-precision-kept', 'error', {
    stored: (input) => ({ ...input, ...('pages' in input ? { pages: Math.min(Number(input['pages']), 9_999) } : {}) }),
  }),
  flaw('lists without the newest', 'collection-shows-created', 'warning', () => {
    let stale: readonly Record<string, unknown>[] | undefined
    return { listed: (rows) => (stale ??= rows.slice(0, 0)) }
  }),
  flaw('lists everything twice', 'collection-shows-created', 'warning', { listed: (rows) => [...rows, ...rows] }),
  flaw(
    'claims by Content-Location to answer what a GET shows',
    'content-location-honest',
    'error',
    { sendsContentLocation: () => true, created: (resource, input) => ({ id: resource['id'], ...input }) },
    ['body-equals-get'],
  ),
  flaw('sends the ETag of the answer, not of the resource', 'etag-201-current', 'error', {
    etag: (row, of) => `"${String(row['id'])}-${of}"`,
  }),
  flaw('sends an ETag without quotes', 'etag-201-current', 'error', { etag: (row) => String(row['id']) }),
  flaw('spreads the whole body into the row', 'server-fields-protected', 'error', { spreads: () => true }, [
    'unknown-fields-policy',
  ]),
  flaw('keeps members that it does not know', 'unknown-fields-policy', 'note', {
    spreads: () => true,
    stored: (input) =>
      Object.fromEntries(Object.entries(input).filter(([name]) => !/^(id|ref_id|status|phase|createdAt)$/.test(name))),
  }),
  flaw('refuses an Accept after it has created', 'accept-before-create', 'warning', {
    refusesAccept: () => 'after creating',
  }),
  flaw('names the first invalid member only', 'validation-lists-all-errors', 'note', {
    problem: (body) => ({
      body: { ...body, errors: Array.isArray(body['errors']) ? body['errors'].slice(0, 1) : undefined },
      type: 'application/problem+json',
    }),
  }),
  flaw('answers missing members and wrong ones differently', 'validation-code-consistent', 'warning', {
    missingMember: () => 422,
    problem: ({ status: _, ...body }) => ({ body, type: 'application/problem+json' }),
  }),
  flaw('does not say what conflicts', 'conflict-409-explains', 'warning', {
    problem: ({ members: _, ...body }) => ({ body, type: 'application/problem+json' }),
  }),
  flaw(
    'answers the existing resource without its Location',
    'existing-has-location',
    'note',
    { unique: () => 'without Location' },
    [],
    'reviews',
  ),
  flaw(
    'cuts keys at 255 characters',
    'idem-key-bounds',
    'warning',
    {
      parseKey: (lines) => correct.parseKey(lines.map((line) => line.slice(0, 255))),
    },
    [],
    'orders',
  ),
  flaw('refuses unknown preferences', 'prefer-handled', 'error', {
    preferenceError: (prefer) => /unknown/.test(prefer),
  }),
  flaw('validates nothing', 'invalid-is-4xx', 'error', { validates: () => false }),
  flaw('answers 500 to invalid input', 'invalid-is-4xx', 'error', {
    status: (code, usual) => (code === 'invalid-input' ? 500 : usual),
  }),
  flaw('answers 500 to malformed content', 'malformed-is-400', 'warning', {
    status: (code, usual) => (code === 'malformed-body' ? 500 : usual),
  }),
  flaw('answers 422 to malformed content', 'malformed-is-400', 'note', {
    status: (code, usual) => (code === 'malformed-body' ? 422 : usual),
  }),
  flaw('stores before it validates', 'rejected-leaves-nothing', 'error', { storesBeforeValidation: () => true }),
  flaw('creates below unknown parents', 'parent-missing-4xx', 'error', { checksParent: () => false }),
  flaw('answers 500 below unknown parents', 'parent-missing-4xx', 'error', {
    status: (code, usual) => (code === 'parent-not-found' ? 500 : usual),
  }),
  flaw('parses any media type', 'unsupported-media-415', 'warning', { accepts: () => true }),
  flaw('answers 400 to other media types', 'unsupported-media-415', 'note', {
    status: (code, usual) => (code === 'unsupported-media-type' ? 400 : usual),
  }),
  flaw('sends 405 without Allow', 'method-405-allow', 'error', { allow: () => undefined }),
  flaw('sends an Allow that lacks POST', 'method-405-allow', 'error', { allow: () => 'GET, HEAD' }),
  flaw('answers 404 to other methods', 'method-405-allow', 'warning', {
    status: (code, usual) => (code === 'method-not-allowed' ? 404 : usual),
  }),
  flaw('has no unique index', 'duplicate-policy-enforced', 'error', { unique: () => 'ignore' }, [
    'unique-race-single-winner',
  ]),
  flaw('answers 500 to duplicates', 'duplicate-policy-enforced', 'error', { unique: () => 'crash' }, [
    'unique-race-single-winner',
  ]),
  flaw('looks for duplicates before it inserts', 'unique-race-single-winner', 'error', { gapBeforeInsert: () => true }),
  flaw('ignores keys', 'idem-replay-same-result', 'error', { usesKey: () => false }, [
    'idem-payload-mismatch',
    'idem-key-syntax',
    'idem-concurrent-409',
    'idem-client-abort',
    'idem-fingerprint-canonical',
  ]),
  flaw('answers a replay with another body', 'idem-replay-same-result', 'warning', {
    replayed: (answer) => ({ ...answer, body: answer.body.replace('2030-01-01', '2031-02-03') }),
  }),
  flaw('loses Location in a replay', 'idem-replay-keeps-headers', 'warning', {
    replayed: (answer) => ({ ...answer, headers: answer.headers.filter(([name]) => name !== 'Location') }),
  }),
  flaw('answers a replay with 200', 'idem-replay-keeps-headers', 'warning', {
    replayed: (answer) => ({ ...answer, status: 200 }),
  }),
  flaw('replays for another payload', 'idem-payload-mismatch', 'warning', { comparesFingerprint: () => false }),
  flaw('does not insist on the key', 'idem-missing-key', 'warning', { requiresKey: () => false }),
  flaw('insists on an optional key', 'idem-missing-key', 'warning', { requiresKey: () => true }, [], 'books'),
  flaw('keeps the quotes in the key', 'idem-key-syntax', 'error', {
    parseKey: (lines) => {
      const parsed = correct.parseKey(lines)
      return parsed.kind === 'key' ? { kind: 'key', key: lines[0] ?? '' } : parsed
    },
  }),
  flaw(
    'ignores keys that are none',
    'idem-key-syntax',
    'error',
    {
      parseKey: (lines) => {
        const parsed = correct.parseKey(lines)
        return parsed.kind === 'invalid' ? { kind: 'none' } : parsed
      },
      requiresKey: () => false,
    },
    ['idem-missing-key'],
  ),
  flaw('takes any text for a key', 'idem-key-syntax', 'warning', {
    parseKey: (lines) =>
      lines.length === 0 ? { kind: 'none' } : { kind: 'key', key: lines.join(', ').replaceAll('"', '') },
  }),
  flaw('takes the fingerprint of the bytes', 'idem-fingerprint-canonical', 'note', { fingerprint: (raw) => raw }),
  flaw(
    'remembers refusals',
    'idem-error-not-poisoning',
    'note',
    {
      remembersErrors: () => true,
      comparesFingerprint: () => false,
    },
    ['idem-payload-mismatch'],
  ),
  flaw('looks the key up before it claims it', 'idem-concurrent-409', 'warning', { gapBeforeClaim: () => true }, [
    'idem-client-abort',
  ]),
  flaw('leaves the key in flight when the client hangs up', 'idem-client-abort', 'error', {
    forgetsAborted: () => true,
  }),
  flaw(
    'makes ids by counting',
    'ids-unique-under-load',
    'error',
    {
      gapBeforeId: () => true,
      nextId: (type, count) => (type === 'uuid' ? String(count + 1) : count + 1),
    },
    [],
  ),
  flaw('says another status in the problem', 'problem-details-valid', 'warning', {
    problem: (body) => ({ body: { ...body, status: 418 }, type: 'application/problem+json' }),
  }),
  flaw(
    'answers errors as pages',
    'problem-details-valid',
    'warning',
    {
      problem: (body) => ({ body: `<!doctype html><h1>${String(body['title'])}</h1>`, type: 'text/html' }),
    },
    ['conflict-409-explains', 'validation-lists-all-errors', 'doc-errors-declared'],
  ),
  flaw(
    'answers errors in a format of its own',
    'problem-details-valid',
    'note',
    {
      problem: (body) => ({ body: { message: body['title'] }, type: 'application/json' }),
    },
    ['conflict-409-explains', 'validation-lists-all-errors', 'doc-errors-declared'],
  ),
  flaw('shows a stack trace', 'errors-no-internals', 'error', {
    problem: (body) => ({
      body: { ...body, detail: 'TypeError: x\n    at create (/usr/src/app/routes/create.js:17:9)' },
      type: 'application/problem+json',
    }),
  }),
  flaw('shows a message of the database', 'errors-no-internals', 'error', {
    problem: (body) => ({
      body: { ...body, detail: 'UNIQUE constraint failed: books.isbn' },
      type: 'application/problem+json',
    }),
  }),
  flaw(
    'stores what it cannot put into a header afterwards',
    'error-before-effect',
    'error',
    {
      canAnswer: (row) => !/[^\0-\xff]/u.test(String(row['title'] ?? '')),
    },
    ['unicode-roundtrip'],
  ),
  flaw('documents 200 where it answers 201', 'doc-201-and-location', 'warning', {
    declares: ({ responses: { 201: created = {}, ...others }, ...more }) => ({
      ...more,
      responses: { 200: created, ...others },
    }),
  }),
  flaw('documents text where it answers JSON', 'doc-201-and-location', 'warning', {
    declares: (one) => ({
      ...one,
      responses: { ...one.responses, 201: { description: '', content: { 'text/plain': {} } } },
    }),
  }),
  flaw('does not document Location', 'doc-201-and-location', 'note', {
    declares: (one) => ({ ...one, responses: { ...one.responses, 201: { ...one.responses[201], headers: {} } } }),
  }),
  flaw('documents one refusal of several', 'doc-errors-declared', 'warning', {
    declares: ({ responses: { '4XX': refused = {}, ...others }, ...more }) => ({
      ...more,
      responses: { ...others, 409: refused },
    }),
  }),
  flaw(
    'documents successes alone',
    'doc-errors-declared',
    'note',
    {
      declares: ({ responses: { '4XX': _, ...others }, ...more }) => ({ ...more, responses: others }),
      // Key errors are declared nowhere then, which is said about keys too.
    },
    ['doc-idempotency-policy'],
  ),
  flaw('documents refusals as plain JSON', 'doc-errors-declared', 'warning', {
    declares: (one) => ({
      ...one,
      responses: { ...one.responses, '4XX': { description: '', content: { 'application/json': {} } } },
    }),
  }),
  flaw('documents a member that it does not answer', 'doc-body-conforms', 'warning', {
    declares: (one) => ({ ...one, responses: { ...one.responses, 201: requiring(one.responses[201], 'rating') } }),
  }),
  flaw('documents another shape of refusals', 'doc-body-conforms', 'warning', {
    declares: (one) => ({ ...one, responses: { ...one.responses, '4XX': requiring(one.responses['4XX'], 'message') } }),
  }),
  flaw('gives an example that it refuses', 'doc-body-conforms', 'warning', {
    declares: (one) => withExample(one, { pages: 'many' }),
  }),
  flaw('gives an example that fits its schema and that it refuses', 'doc-body-conforms', 'note', {
    declares: (one) => {
      const { schema } = one.requestBody.content['application/json'] as { schema: InputSchema }
      const properties = mapped(schema.properties, (member) => ({ ...(member as object), maximum: 30_000 }))
      const example = mapped(schema.properties, (member) => exampleOf(member as InputSchema['properties'][string]))
      const content = { 'application/json': { schema: { ...schema, properties }, example } }
      return { ...one, requestBody: { required: true, content } }
    },
  }),
  flaw('declares the time that it sets as any other member', 'doc-server-fields-readonly', 'warning', {
    declares: (one) => withMember(one, 'createdAt', { type: 'string', format: 'date-time' }),
  }),
  flaw(
    'does not declare the header of the key',
    'doc-idempotency-policy',
    'warning',
    { declares: (one) => ({ ...one, parameters: [] }) },
    [],
    'orders',
  ),
  flaw(
    'does not say how long keys are remembered',
    'doc-idempotency-policy',
    'note',
    {
      declares: (one) => ({ ...one, parameters: one.parameters.map(({ description: _, ...header }) => header) }),
    },
    [],
    'orders',
  ),
]

interface InputSchema {
  readonly properties: Readonly<Record<string, { readonly type: string; readonly pattern?: string }>>
}

/** More pages than the API takes. */
function exampleOf({ type, pattern }: InputSchema['properties'][string]): unknown {
  if (type === 'integer') return 20_000
  if (type === 'string') return pattern === undefined ? 'Emma' : '9780141439587'
  return type === 'array' ? [] : 12
}

type Media = Readonly<Record<string, { readonly schema?: object }>>

/** A declared response whose content has to have one more member. */
function requiring(response: object | undefined, member: string): object {
  const { content = {} } = (response ?? {}) as { content?: Media }
  const required = Object.entries(content).map(([type, { schema }]) => {
    return [type, { schema: { allOf: [schema, { type: 'object', required: [member] }] } }]
  })
  return { ...response, content: Object.fromEntries(required) }
}

function withMember(operation: DeclaredCreate, name: string, member: object): DeclaredCreate {
  const { schema } = operation.requestBody.content['application/json'] as { schema: InputSchema }
  const content = {
    'application/json': { schema: { ...schema, properties: { ...schema.properties, [name]: member } } },
  }
  return { ...operation, requestBody: { required: true, content } }
}

function withExample(operation: DeclaredCreate, example: unknown): DeclaredCreate {
  const content = Object.entries(operation.requestBody.content).map(([type, media]) => [type, { ...media, example }])
  return { ...operation, requestBody: { required: true, content: Object.fromEntries(content) } }
}

// A float of 32 bits as databases print it, with six digits.
function singleOf(value: number): number {
  return Number(Math.fround(value).toPrecision(6))
}

function mapped(input: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, change(value)]))
}
