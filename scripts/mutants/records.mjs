// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are pieces of source text.
// Seeded faults in what is kept of an answer and how it is forgotten, in the form of `mutants-list.mjs`. All their names
// begin with "record".
const CODEC = 'idempotency/record-codec.ts'
const THROUGH = 'idempotency/through-codec.ts'
const MARK = 'idempotency/sealed-text.ts'
const AES = 'idempotency/aes-gcm-seal.ts'
const CACHE = 'idempotency/replay-cache.ts'
const ONCE = 'idempotency/once.ts'
const SETTINGS = 'creation/settings/check-record-settings.ts'
const ERASER = 'stores/create-eraser.ts'
const IN_SQLITE = 'stores/sqlite/erase-records.ts'
const IN_POSTGRES = 'stores/postgres/erase-records.ts'
const IN_REDIS = 'stores/redis/erase-records.ts'

// The suites that are about it, so that each fault takes seconds.
const KEPT = ['test/idempotency/record-codec', 'test/idempotency/aes-gcm-seal', 'test/creation/recorded-answers']
const FORGOTTEN = [
  'test/creation/erasing',
  'test/stores/sqlite-erase',
  'test/stores/sqlite.test',
  'test/idempotency/replay-cache',
]
const IN_POSTGRES_SUITES = ['test/stores/postgres-erase', 'test/stores/postgres.test']
const IN_REDIS_SUITES = ['test/stores/redis-erase', 'test/stores/redis.test']

const faults = [
  // What is kept.
  {
    name: 'record: a reference keeps its Content-Type',
    file: 'idempotency/without-body.ts',
    from: "['content-type', ",
    to: '[',
  },
  {
    name: 'record: a reference keeps nothing but the status',
    file: 'idempotency/without-body.ts',
    from: 'if (!ABOUT_THE_BODY.has(name.toLowerCase()))',
    to: 'if (status === 0)',
  },
  { name: 'record: bytes are counted as characters', file: CODEC, from: 'Buffer.byteLength(body) > most', to: 'false' },
  {
    name: 'record: a body of the largest size is not kept',
    file: CODEC,
    from: 'Buffer.byteLength(body) > most',
    to: 'Buffer.byteLength(body) >= most',
  },
  {
    name: 'record: a reference is not sealed',
    file: CODEC,
    from: 'seal === undefined ? kept',
    to: 'seal === undefined || kept !== answer ? kept',
  },
  {
    name: 'record: headers stay in clear',
    file: CODEC,
    from: 'return { status, headers: {}, body: mark',
    to: 'return { status, headers, body: mark',
  },
  { name: 'record: a seal does not name its record', file: CODEC, from: '\\n${scope}\\n${key}`', to: '`' },
  {
    name: 'record: a seal does not name its status',
    file: CODEC,
    from: 'createonce record\\n${status}',
    to: 'createonce record',
  },
  {
    name: 'record: an older record is opened though it is in clear',
    file: CODEC,
    from: 'if (!isSealed(body)) return recorded',
    to: 'if (body === undefined) return recorded',
  },
  {
    name: 'record: another version is guessed at',
    file: CODEC,
    from: 'if (version !== SEALED_VERSION) {',
    to: "if (version === '') {",
  },
  {
    name: 'record: what cannot be opened is answered as it is',
    file: CODEC,
    from: 'throw new RecordUnreadableError(`The answer under this key cannot be opened',
    to: 'return recorded\n    throw new RecordUnreadableError(`The answer under this key cannot be opened',
  },
  {
    name: 'record: nothing is kept through the codec',
    file: THROUGH,
    from: 'return { ...settlement, answer: keep(settlement.answer, claim) }',
    to: 'return settlement',
  },
  {
    name: 'record: nothing is shown through the codec',
    file: THROUGH,
    from: 'return { ...outcome, answer: show(outcome.answer, claim) }',
    to: 'return outcome',
  },
  {
    name: 'record: a declared row is kept past the codec',
    file: THROUGH,
    from: '(values) => kept(claim, build(values))',
    to: 'build',
  },
  { name: 'record: the mark is another one', file: MARK, from: "const MARK = 'sealed:'", to: "const MARK = '{'" },
  {
    name: 'record: a sealed text is answered where there is no seal',
    file: ONCE,
    from: '        refuseSealed(claimed.answer)\n',
    to: '        void refuseSealed\n',
  },

  // The seal.
  {
    name: 'record: one nonce for all',
    file: AES,
    from: 'randomBytes(NONCE_BYTES)',
    to: 'Buffer.alloc(NONCE_BYTES, randomBytes(0))',
  },
  {
    name: 'record: the record is not authenticated',
    file: AES,
    from: 'cipher.setAAD(Buffer.from(`${current}\\n${about}`))\n',
    to: 'cipher.setAAD(Buffer.from(current))\n',
  },
  {
    name: 'record: the name of the key is not authenticated',
    file: AES,
    from: 'cipher.setAAD(Buffer.from(`${current}\\n${about}`))\n',
    to: 'cipher.setAAD(Buffer.from(about))\n',
  },
  {
    name: 'record: the oldest key seals',
    file: AES,
    from: "createCipheriv('aes-256-gcm', keys.get(current)!",
    to: "createCipheriv('aes-256-gcm', [...keys.values()][0]!",
  },
  {
    name: 'record: only the newest key opens',
    file: AES,
    from: 'const key = keys.get(keyId)',
    to: 'const key = keyId === current ? keys.get(keyId) : undefined',
  },
  {
    name: 'record: a shorter key is taken',
    file: AES,
    from: 'if (bytes?.byteLength === KEY_BYTES)',
    to: 'if (bytes !== undefined)',
  },
  { name: 'record: a message shows the key', file: AES, from: '`text of ${value.length} characters`', to: 'value' },
  {
    name: 'record: a message shows the settings of a seal',
    file: SETTINGS,
    from: 'Object.keys(seal) : typeof seal',
    to: 'seal : seal',
  },
  { name: 'record: a seal is not tried', file: SETTINGS, from: 'demand(fault === undefined,', to: 'demand(true,' },

  // Erasing.
  {
    name: 'record: a name ends where another goes on',
    file: 'idempotency/scope.ts',
    from: 'return `${JSON.stringify(principal)} `',
    to: 'return JSON.stringify(principal).slice(0, -1)',
  },
  { name: 'record: an erasure is not counted', file: ERASER, from: 'erasures += 1', to: 'void 0' },
  {
    name: 'record: an erasure is counted at its beginning',
    file: ERASER,
    from: 'let erased = 0\n',
    to: 'let erased = 0\n      erasures += 1\n',
  },
  {
    name: 'record: what was erased is remembered',
    file: CACHE,
    from: 'if (now === known) return',
    to: 'if (now !== -1) return',
  },
  {
    name: 'record: what arrives after an erasure is remembered',
    file: CACHE,
    from: 'if (asOf !== known) return',
    to: 'void asOf',
  },
  {
    name: 'record: the number of erasures is asked for too late',
    file: ONCE,
    from: 'expiresAt, asOf)',
    to: 'expiresAt, cache.erasures)',
  },
  {
    name: 'record: other processes remember for two minutes',
    file: CACHE,
    from: 'const LONGEST_MS = 60_000',
    to: 'const LONGEST_MS = 120_000',
  },
  {
    name: 'record: one batch is enough in SQLite',
    file: IN_SQLITE,
    from: 'erased = written\n',
    to: 'erased = written - 1\n',
  },
  { name: 'record: one stretch is enough in SQLite', file: IN_SQLITE, from: 'after = last\n', to: 'return\n' },
  { name: 'record: a record is left out in SQLite', file: IN_SQLITE, from: 'after = last\n', to: 'after = last + 1\n' },
  {
    name: 'record: a batch in SQLite has no bound',
    file: IN_SQLITE,
    from: '${ITS} limit ?)`',
    to: '${ITS} limit max(?, 1000000))`',
  },
  { name: 'record: SQLite forgets everybody behind', file: IN_SQLITE, from: '`${scopes.slice(0, -1)}!`', to: "'~'" },
  {
    name: 'record: SQLite deletes a place, whoever has it now',
    file: IN_SQLITE,
    from: 'id <= ? and ${ITS} limit ?)`',
    to: 'id <= ? and (${ITS} or true) limit ?)`',
  },
  {
    name: 'record: a busy file is taken for an empty one',
    file: IN_SQLITE,
    from: "if (written === undefined) throw new StoreUnavailableError('The database is busy.')",
    to: 'if (written === undefined) return',
  },
  {
    name: 'record: one part of the table is enough in PostgreSQL',
    file: IN_POSTGRES,
    from: 'from < pages; from',
    to: 'from < 1; from',
  },
  {
    name: 'record: a part of the table is left out in PostgreSQL',
    file: IN_POSTGRES,
    from: 'from += PAGES',
    to: 'from += PAGES + 9',
  },
  {
    name: 'record: one batch is enough for a part',
    file: IN_POSTGRES,
    from: 'erased === batchSize; ) {',
    to: 'erased < 0; ) {',
  },
  {
    name: 'record: PostgreSQL waits for a record as long as it takes',
    file: IN_POSTGRES,
    from: '`lock_timeout = ${lockMs}`',
    to: "'lock_timeout = 20000'",
  },
  {
    name: 'record: PostgreSQL takes a name for a pattern',
    file: IN_POSTGRES,
    from: 'starts_with(scope, ${textLiteral(scopesOf(principal))})',
    to: 'scope like ${textLiteral(`${scopesOf(principal)}%`)}',
  },
  {
    name: 'record: one page of names is enough in Redis',
    file: IN_REDIS,
    from: "} while (cursor !== '0')",
    to: "} while (cursor === '')",
  },
  {
    name: 'record: one server is enough in Redis',
    file: IN_REDIS,
    from: 'of await ask(() => driver.primaries())',
    to: 'of (await ask(() => driver.primaries())).slice(0, 1)',
  },
  { name: 'record: a prefix of the client hides the names', file: IN_REDIS, from: '`*${prefix', to: '`${prefix' },
  { name: 'record: a prefix is a pattern', file: IN_REDIS, from: ".replace(/[*?[\\]\\\\^]/g, '\\\\$&')", to: '' },
  {
    name: 'record: what is unfinished in Redis is erased',
    file: 'stores/redis/scripts.ts',
    from: "if values[1] ~= 'done' or string",
    to: 'if not values[2] or string',
  },
]

/** Each with the suites that have to find it. */
export const mutants = faults.map((fault) => ({ ...fault, suites: suitesOf(fault) }))

function suitesOf({ file }) {
  if (file.startsWith('stores/postgres')) return IN_POSTGRES_SUITES
  if (file.startsWith('stores/redis')) return IN_REDIS_SUITES
  const isForgetting = file.startsWith('stores/') || file === CACHE || file === 'idempotency/scope.ts'
  return isForgetting ? FORGOTTEN : [...KEPT, 'test/creation/erasing']
}
