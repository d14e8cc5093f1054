import type { PutDecisions, Thing } from './put-decisions.ts'

/** One thing that an API by PUT gets wrong. */
export interface PutFault {
  readonly name: string
  /** The checks that must find it, and the level of the first. */
  readonly finds: readonly string[]
  readonly level: 'error' | 'warning' | 'note'
  /** Checks that may fail for the same cause. */
  readonly also: readonly string[]
  /** The names of the styles in which it is tried. */
  readonly styles: readonly string[]
  /** A fault may have a memory: every service gets its own. */
  readonly decisions: () => Partial<PutDecisions>
}

function fault(
  name: string,
  finds: string,
  level: PutFault['level'],
  styles: string,
  decisions: Partial<PutDecisions> | (() => Partial<PutDecisions>),
  also = '',
): PutFault {
  const words = (text: string) => text.split(' ').filter((word) => word !== '')
  return {
    name,
    finds: words(finds),
    level,
    also: words(also),
    styles: styles.split(', '),
    decisions: typeof decisions === 'function' ? decisions : () => decisions,
  }
}

const ids = 'put with the id in the body'
const bare = 'put without content'
const data = 'put in an envelope'
const unlisted = 'put without a list'
const star = 'put on a condition (428)'
const post = 'put beside a POST that takes ids'
const texts = (thing: Thing, change: (text: string) => string): Thing =>
  Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [name, typeof value === 'string' ? change(value) : value]),
  )

/** Every fault of a creation by PUT. */
export const putFaultList: readonly PutFault[] = [
  fault('answers 200 to a PUT that creates', 'put-create-201', 'error', `put, ${ids}, ${unlisted}`, {
    status: (usual, what) => (what === 'created' ? 200 : usual),
  }),
  fault('answers 204 to a PUT that creates', 'put-create-201', 'error', bare, {
    status: (usual, what) => (what === 'created' ? 204 : usual),
  }),
  fault('answers 201 to a PUT that replaces', 'put-create-201', 'error', `put, ${bare}, ${data}, ${unlisted}`, {
    status: () => 201,
  }),
  fault('ignores If-None-Match', 'if-none-match-star', 'error', `put, ${ids}, ${bare}, ${unlisted}, ${star}`, {
    heedsStar: () => false,
  }),
  fault('takes the star for a tag', 'if-none-match-star', 'error', `put, ${data}`, { starIsATag: () => true }),
  fault('answers 412 and overwrites', 'if-none-match-star', 'error', `put, ${ids}, ${unlisted}`, {
    replacesAllTheSame: () => true,
  }),
  fault('answers 304 to a PUT', 'if-none-match-star', 'warning', `put, ${bare}`, { starStatus: () => 304 }),
  fault('answers 409 to a condition', 'if-none-match-star', 'warning', `put, ${star}`, { starStatus: () => 409 }),
  fault('crashes at a condition', 'if-none-match-star', 'error', 'put, put below parents', { starStatus: () => 500 }),
  fault('tags what it has changed', 'put-validator-restriction', 'warning', 'put tags without content', {
    tagsPut: () => true,
  }),
  fault('tags what it has changed and shows it', 'put-validator-restriction', 'note', data, { tagsPut: () => true }),
  fault('looks at conditions first', 'precondition-after-checks', 'warning', `put, ${star}`, {
    conditionFirst: () => true,
  }),
  fault('does not say which condition it wants', 'precondition-required-428', 'warning', star, {
    error: () => ({ title: 'no' }),
  }),
  fault('answers 412 where a condition is missing', 'precondition-required-428', 'note', star, {
    demandedStatus: () => 412,
  }),
  fault(
    'lets a POST overwrite by its id',
    'client-id-policy',
    'warning',
    post,
    { postWithKnownId: () => 'overwrite' },
    'no-201-without-creation',
  ),
  fault('refuses a POST and overwrites by its id', 'client-id-policy', 'warning', post, {
    postWithKnownId: () => 'overwrite and refuse',
  }),
  fault(
    'answers 201 and stores nothing',
    'no-201-without-creation',
    'error',
    `put, ${bare}, ${unlisted}`,
    {
      stores: () => undefined,
    },
    'collection-shows-created',
  ),
  fault('stores what it refuses', 'rejected-leaves-nothing', 'error', `put, ${ids}, ${unlisted}, ${data}`, {
    storesRefused: () => true,
  }),
  fault('does not validate', 'invalid-is-4xx', 'error', `put, ${ids}`, { validates: () => false }, 'input-roundtrip'),
  fault('crashes at invalid input', 'invalid-is-4xx', 'error', `put, ${data}`, { invalidStatus: () => 500 }),
  fault('crashes at broken JSON', 'malformed-is-400', 'warning', `put, ${unlisted}`, { malformed: () => 'crash' }),
  fault('takes any media type', 'unsupported-media-415', 'warning', `put, ${ids}`, { mediaType: () => true }),
  fault('cuts texts', 'input-roundtrip', 'error', `put, ${ids}, ${bare}`, {
    stores: (input) => texts(input, (text) => text.slice(0, 12)),
  }),
  fault('loses what is not ASCII', 'unicode-roundtrip', 'error', `put, ${data}`, {
    stores: (input) => texts(input, (text) => text.replace(/[^\x20-\x7e]/gu, '?')),
  }),
  fault(
    'answers what was sent',
    'body-equals-get',
    'warning',
    `put, ${ids}`,
    {
      stores: (input) => texts(input, (text) => text.toUpperCase()),
      answers: (thing, input) => ({ ...thing, ...input }),
    },
    'input-roundtrip unicode-roundtrip unknown-fields-policy',
  ),
  fault('leads Location elsewhere', 'location-resolves', 'error', 'put UUIDs with Location', {
    location: (path) => `/nowhere${path}`,
  }),
  fault('sends the collection in Location', 'location-identifies-created', 'error', 'put UUIDs with Location', {
    location: (path) => path.slice(0, path.lastIndexOf('/')),
  }),
  fault('lists all but the newest', 'collection-shows-created', 'note', `put, ${ids}`, {
    lists: (things) => things.slice(0, -1),
  }),
  fault('lets clients set the time', 'server-fields-protected', 'error', `put, ${ids}`, {
    takesServerMembers: () => true,
  }),
  fault(
    'keeps unknown members',
    'unknown-fields-policy',
    'note',
    `put, ${bare}`,
    { keepsUnknown: () => true },
    'server-fields-protected',
  ),
  fault('puts below nothing', 'parent-missing-4xx', 'error', 'put below parents', { parentNeeded: () => false }),
  fault('refuses preferences', 'prefer-handled', 'error', `put, ${ids}`, { refusesPreference: () => true }),
  fault('refuses an Accept too late', 'accept-before-create', 'warning', `put, ${unlisted}`, {
    refusesAcceptAfter: () => true,
  }),
  fault('loses updates', 'ids-unique-under-load', 'error', `put, ${unlisted}`, { losesUpdates: () => true }),
  fault('shows a stack trace', 'errors-no-internals', 'error', 'put', {
    error: (code) => ({ title: code, detail: 'Error: no\\n    at put (/srv/app/notes.js:12:7)' }),
  }),
]
