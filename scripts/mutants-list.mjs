// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are pieces of source text.
// Seeded faults in packages/server/src: each is one edit that somebody could make, and that breaks a promise. `from`
// stands exactly once in `file`. A suite that lets one of them live has a hole.
const SQLITE = 'stores/sqlite.ts'
const WRITER = 'stores/sqlite/writer.ts'
const MEMBER = 'stores/sqlite/run-member.ts'
const TRANSACTION = 'stores/sqlite/transaction.ts'
const RECORDS = 'stores/sqlite/records.ts'
const OPEN = 'stores/sqlite/open.ts'
const MEMORY = 'stores/memory.ts'
const ONCE = 'idempotency/once.ts'
const CACHE = 'idempotency/replay-cache.ts'

export const mutants = [
  // The record.
  {
    name: 'the record is not written',
    file: SQLITE,
    from: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        keepRecord(prepare, claim, settlement.answer, time.now())",
    to: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        ",
  },
  {
    name: 'the record is written by a transaction after the rows',
    file: SQLITE,
    from: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        keepRecord(prepare, claim, settlement.answer, time.now())",
    to: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        void writer.transact(async (later) => ({ keep: true, value: keepRecord(later.prepare, claim, settlement.answer, time.now()) }))",
  },
  { name: 'the transaction is never committed', file: WRITER, from: "prepare('COMMIT')", to: "prepare('ROLLBACK')" },
  {
    name: 'a refusal is kept',
    file: SQLITE,
    from: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        keepRecord(prepare, claim, settlement.answer, time.now())\n      }\n      return { keep: settlement.kind === 'commit'",
    to: "const settlement = await work(session)\n      if (settlement.kind === 'commit' && claim !== undefined) {\n        keepRecord(prepare, claim, settlement.answer, time.now())\n      }\n      return { keep: true",
  },
  { name: 'a record in memory is not kept', file: MEMORY, from: 'keep(settlement.answer)', to: 'void keep' },
  { name: 'rows in memory are not kept', file: MEMORY, from: 'tx.apply()', to: '' },
  {
    name: 'a record past its retention cannot be replaced',
    file: RECORDS,
    from: 'insert or replace into',
    to: 'insert into',
  },
  { name: 'an empty body is recorded as none', file: RECORDS, from: 'answer.body ?? null', to: 'answer.body || null' },
  {
    name: 'cookies are replayed',
    file: 'idempotency/recordable.ts',
    from: "  'location',\n",
    to: "  'location',\n  'set-cookie',\n",
  },

  // The look-up.
  {
    name: 'the look-up inside the transaction is left out',
    file: SQLITE,
    from: '      // The write lock is held from here on, so what this look-up does not find cannot appear before the commit.\n      const found = claim && findRecord(prepare, claim, time.now())',
    to: '      // The write lock is held from here on, so what this look-up does not find cannot appear before the commit.\n      const found = undefined as FoundRecord | undefined',
  },
  {
    name: 'a replay waits for the writer',
    file: SQLITE,
    from: '): Promise<Claimed<Result>> {\n    refuseWhenClosed()\n    const early = claim && lookUp(claim)',
    to: '): Promise<Claimed<Result>> {\n    refuseWhenClosed()\n    const early = undefined as FoundRecord | undefined',
  },
  {
    name: 'SQLite ignores the scope',
    file: RECORDS,
    from: 'where scope = ? and key = ? and',
    to: 'where (scope = ? or true) and key = ? and',
  },
  {
    name: 'SQLite ignores case in keys',
    file: RECORDS,
    from: 'and key = ? and',
    to: 'and key = ? collate nocase and',
  },
  { name: 'memory ignores the scope', file: MEMORY, from: '`${claim.scope}\\n${claim.key}`', to: 'claim.key' },
  { name: 'running requests ignore the scope', file: ONCE, from: '`${claim.scope}\\n${claim.key}`', to: 'claim.key' },
  {
    name: 'all callers share their keys',
    file: 'creation/handle.ts',
    from: 'scopeOf(principal, plan.settings.operation)',
    to: "scopeOf('anybody', plan.settings.operation)",
  },
  {
    name: 'a principal may be cut by the database',
    file: 'idempotency/scope.ts',
    from: '${JSON.stringify(principal)}',
    to: '${principal.length}:${principal}',
  },

  // Retention.
  {
    name: 'SQLite forgets the expiry',
    file: RECORDS,
    from: 'and expires_at > ?',
    to: 'and (expires_at > ? or true)',
  },
  { name: 'SQLite remembers a millisecond longer', file: RECORDS, from: 'expires_at > ?', to: 'expires_at >= ?' },
  { name: 'memory forgets the expiry', file: MEMORY, from: 'found.expiresAt > time.now()', to: 'true' },
  {
    name: 'memory remembers a millisecond longer',
    file: MEMORY,
    from: 'found.expiresAt > time.now()',
    to: 'found.expiresAt >= time.now()',
  },
  { name: 'a purge leaves the last millisecond', file: RECORDS, from: 'expires_at <= ?', to: 'expires_at < ?' },
  { name: 'a purge takes what is still remembered', file: RECORDS, from: 'expires_at <= ?', to: 'expires_at >= ?' },
  { name: 'a purge has no limit', file: RECORDS, from: 'limit ?)', to: 'limit ? + 1000000)' },

  // The state machine.
  {
    name: 'a running key is let go before it has ended',
    file: ONCE,
    from: 'const { claimed, kept } = await perform()',
    to: 'running.delete(id)\n      const { claimed, kept } = await perform()',
  },
  { name: 'a running key is never let go', file: ONCE, from: 'running.delete(id)\n', to: '\n' },
  { name: 'those who wait are not told of the end', file: ONCE, from: '      end()\n', to: '' },
  {
    name: 'the fingerprint of a running request is ignored',
    file: ONCE,
    from: "if (!isSameRequest(ahead.fingerprint)) return { kind: 'mismatch' }",
    to: '',
  },
  {
    name: 'the fingerprint of a record is ignored',
    file: ONCE,
    from: 'return isSameRequest(record.fingerprint)',
    to: "return record.fingerprint !== ''",
  },
  {
    name: 'the fingerprint of another process is ignored',
    file: ONCE,
    from: 'claimed.fingerprint === undefined || isSameRequest(claimed.fingerprint)',
    to: "claimed.fingerprint !== ''",
  },
  {
    name: 'waiting starts anew behind each one ahead',
    file: ONCE,
    from: 'const left = deadline - time.now()',
    to: 'const left = waitMs + 0 * deadline',
  },
  { name: 'a wait of no time waits for a turn', file: ONCE, from: 'if (left <= 0 ||', to: 'if (left < 0 ||' },

  {
    name: 'the cache forgets the expiry',
    file: CACHE,
    from: 'if (entry.until <= options.time.now()) return undefined',
    to: '',
  },
  {
    name: 'the cache keeps what another process may have let go',
    file: CACHE,
    from: 'Math.min(expiresAt, options.time.now() + LONGEST_MS)',
    to: 'Math.min(expiresAt, Infinity * LONGEST_MS)',
  },
  {
    name: 'the cache has no bound',
    file: CACHE,
    from: 'if (bytes <= options.maxBytes) break',
    to: 'if (bytes > 0) break',
  },

  // One transaction at a time.
  {
    name: 'the queue lets everybody in',
    file: 'stores/fifo.ts',
    from: 'last.then(task)',
    to: 'Promise.resolve().then(task)',
  },
  {
    name: 'a failure stops the queue',
    file: 'stores/fifo.ts',
    from: 'last = ran.catch(() => {})',
    to: 'last = ran\n      ran.catch(() => {})',
  },
  { name: 'one less may wait in memory', file: 'stores/fifo.ts', from: 'waiting > limit', to: 'waiting >= limit' },
  {
    name: 'any number may wait in memory',
    file: 'stores/fifo.ts',
    from: 'waiting > limit',
    to: 'waiting > limit + 1e9',
  },
  { name: 'the lock is taken at the first write', file: WRITER, from: "'BEGIN IMMEDIATE'", to: "'BEGIN'" },
  {
    name: 'a step that broke a rule keeps its first half',
    file: MEMBER,
    from: "prepare('ROLLBACK TO createonce_attempt').run()",
    to: '',
  },
  { name: 'a step in memory keeps its first half', file: MEMORY, from: '  undo()\n', to: '  void undo\n' },
  {
    name: 'any error of a step is a conflict',
    file: MEMBER,
    from: 'if (fields === undefined) throw error',
    to: 'if (fields === undefined) return { kind: "conflict", fields: [], error }',
  },

  // A group of creations and its one commit.
  {
    name: 'what failed in a group is kept with it',
    file: MEMBER,
    from: "if (outcome.kind !== 'kept') prepare('ROLLBACK TO createonce').run()",
    to: '',
  },
  {
    name: 'a group of many has no savepoints',
    file: MEMBER,
    from: "if (!options.isSingle) prepare('SAVEPOINT createonce').run()",
    to: "if (options.isSingle) prepare('SAVEPOINT createonce').run()",
  },
  {
    name: 'a group is answered before its commit',
    file: WRITER,
    from: "    try {\n      prepare('COMMIT').run()",
    to: "    answer(finished)\n    try {\n      prepare('COMMIT').run()",
  },
  {
    name: 'those whom SQLite rolled back with another are acknowledged',
    file: WRITER,
    from: 'answer(finished.slice(-1))\n      runAgain(finished.slice(0, -1))',
    to: 'answer(finished)',
  },
  {
    name: 'a group goes on though SQLite has rolled it back',
    file: WRITER,
    from: 'next.isAlone || isLost(finished)',
    to: 'next.isAlone',
  },
  {
    name: 'bad rows of one fail the whole group',
    file: WRITER,
    from: 'isConstraint(cause) && finished.length > 1',
    to: 'isConstraint(cause) && finished.length > 1e9',
  },
  { name: 'who runs again runs in a group again', file: WRITER, from: 'isAlone: true', to: 'isAlone: false' },
  {
    name: 'each creation has a commit of its own',
    file: WRITER,
    from: '!isSingle && canGrow',
    to: 'isSingle && canGrow',
  },
  {
    name: 'a group may grow without end',
    file: WRITER,
    from: 'finished.length < MAX_GROUP',
    to: 'finished.length < 1e9',
  },
  {
    name: 'a group may take any time',
    file: WRITER,
    from: 'time.now() - startedAt < MAX_GROUP_MS',
    to: 'startedAt < Infinity',
  },
  {
    name: 'nobody is told of a failed savepoint',
    file: WRITER,
    from: 'for (const member of members) member.fail(notCommitted(cause))',
    to: 'void cause',
  },
  { name: 'the queue stops when it was empty once', file: WRITER, from: '    draining = undefined\n', to: '' },
  {
    name: 'one less may wait',
    file: WRITER,
    from: 'waiting.length + inHand > maxWaiting',
    to: 'waiting.length + inHand >= maxWaiting',
  },
  {
    name: 'any number may wait',
    file: WRITER,
    from: 'waiting.length + inHand > maxWaiting',
    to: 'waiting.length + inHand > 1e9 + maxWaiting',
  },
  {
    name: 'one more may wait',
    file: WRITER,
    from: 'waiting.length + inHand > maxWaiting',
    to: 'waiting.length > maxWaiting',
  },
  {
    name: 'a store closes under those who wait',
    file: WRITER,
    from: 'idle: () => draining ?? Promise.resolve()',
    to: 'idle: () => Promise.resolve()',
  },

  // What create() can do to its transaction.
  { name: 'the handle outlives its transaction', file: TRANSACTION, from: '      open = false\n', to: '' },
  { name: 'the handle in memory outlives its transaction', file: MEMORY, from: 'tx.end()', to: '' },
  {
    name: 'a statement that was prepared outlives its transaction',
    file: TRANSACTION,
    from: 'run: (...values) => live(() => statement.run(...values))',
    to: 'run: (...values) => statement.run(...values)',
  },
  {
    name: 'the end of a step outlives its transaction',
    file: MEMBER,
    from: 'attempt: (step) => attempt(guarded, step)',
    to: 'attempt: (step) => attempt(prepare, step)',
  },
  { name: 'an END is let through', file: TRANSACTION, from: 'commit|end|rollback', to: 'commit|rollback' },
  {
    name: 'a comment hides a COMMIT',
    file: TRANSACTION,
    from: '|\\/\\*(?:[^*]|\\*(?!\\/))*\\*\\/',
    to: '',
  },
  {
    name: 'comments are read in more than one way',
    file: TRANSACTION,
    from: '(?:[^*]|\\*(?!\\/))*',
    to: '[\\s\\S]*?',
  },
  {
    name: 'a roll-back by SQLite is not noticed',
    file: TRANSACTION,
    from: 'if (hasEnded(prepare))',
    to: 'if (false as boolean && hasEnded(prepare))',
  },
  {
    name: 'a roll-back by SQLite is acknowledged',
    file: MEMBER,
    from: 'if (loss !== undefined)\n',
    to: 'if (loss !== undefined && Date.now() < 0)\n',
  },
  {
    name: 'rows without a parent are a broken store',
    file: WRITER,
    from: 'member.fail(isConstraint(cause) ? cause : notCommitted(cause))',
    to: 'member.fail(notCommitted(cause))',
  },
  {
    name: 'create() may hold the writer for ever',
    file: MEMBER,
    from: 'time.after(holdMs,',
    to: 'time.after(holdMs * 1e9,',
  },
  {
    name: 'create() is given up early',
    file: MEMBER,
    from: 'time.after(holdMs,',
    to: 'time.after(holdMs - 1,',
  },
  {
    name: 'what failed stays open',
    file: WRITER,
    from: "    if (!finished.some(({ outcome }) => outcome.kind === 'kept')) {\n      rollBack()",
    to: "    if (!finished.some(({ outcome }) => outcome.kind === 'kept')) {",
  },

  // The file.
  {
    name: 'a busy file is an error',
    file: 'stores/sqlite/back-off.ts',
    from: 'if (!isBusy(error)) throw error',
    to: 'if (isBusy(error) || error) throw error',
  },
  {
    name: 'a busy file is waited for without end',
    file: 'stores/sqlite/back-off.ts',
    from: '>= options.until',
    to: '> options.until + 1e9',
  },
  {
    name: 'each one in the queue waits anew for a busy file',
    file: WRITER,
    from: '{ ...options, until: first.until }',
    to: '{ ...options, until: options.time.now() + options.busyMs + 0 * first.until }',
  },
  { name: 'SQLite sleeps until the file is free', file: OPEN, from: 'busy_timeout = 0', to: 'busy_timeout = 5000' },
  { name: 'a commit need not reach the disk', file: OPEN, from: 'synchronous = full', to: 'synchronous = normal' },
  { name: 'foreign keys are not checked', file: OPEN, from: 'foreign_keys = on', to: 'foreign_keys = off' },
  {
    name: 'a file that is held by another process cannot be opened',
    file: OPEN,
    from: 'until: time.now() + options.busyMs }',
    to: 'until: time.now() + 0 * options.busyMs }',
  },
  { name: 'a failed schema leaves the file locked', file: OPEN, from: "      database.exec('rollback')\n", to: '' },
  { name: 'a connection stays open where opening failed', file: OPEN, from: '    writing.close()\n', to: '' },
  { name: 'the reading connection writes', file: OPEN, from: '{ readOnly: true }', to: '{ readOnly: false }' },
  {
    name: 'a newer schema is taken',
    file: 'stores/sqlite/migrate.ts',
    from: 'latest > sqliteMigrations.length',
    to: 'latest > 1e9',
  },
  { name: 'migrations are not noted', file: 'stores/sqlite/migrate.ts', from: 'run(number)', to: 'run(number + 1)' },
  {
    name: 'a closing store takes more',
    file: SQLITE,
    from: 'if (closing !== undefined) throw',
    to: 'if (closing !== undefined && Date.now() < 0) throw',
  },
  {
    name: 'a store in memory closes under those who wait',
    file: 'stores/fifo.ts',
    from: 'idle: () => last.then(() => {})',
    to: 'idle: async () => void last',
  },

  // The way of a request.
  {
    name: 'a replay needs an Accept of its own',
    file: 'creation/handle.ts',
    from: "import { checkContent } from './check-request-headers.ts'",
    to: "import { checkAccept, checkContent as content } from './check-request-headers.ts'\n\nconst checkContent: typeof content = (request) => content(request) ?? checkAccept(request)",
  },
  {
    name: 'a segment that no address can hold is our fault',
    file: 'creation/build-answer.ts',
    from: 'value === params[variable]',
    to: 'value === params[variable] && Date.now() < 0',
  },
  { name: 'a caller without a name is let in', file: 'creation/principal.ts', from: " && principal !== ''", to: '' },
  {
    name: 'a key is silently ignored where none is taken',
    file: 'creation/read-key.ts',
    from: "return policy === 'off'\n",
    to: "return policy === ('on' as string)\n",
  },
  {
    name: 'a Location of the author is not checked',
    file: 'creation/build-answer.ts',
    from: 'const checked = checkLocation(written, plan.publicBaseUrl)',
    to: "const checked = { kind: 'location', value: written } as ReturnType<typeof checkLocation>",
  },
  {
    name: 'a header of the author is not checked',
    file: 'creation/build-answer.ts',
    from: 'headers[name] = checkHeader(name, extra[name]!)',
    to: 'headers[name] = extra[name] ?? checkHeader(name, "")',
  },
  {
    name: 'a lost commit is a created resource',
    file: 'creation/to-failure.ts',
    from: 'error instanceof StoreUnavailableError',
    to: "error === 'never'",
  },
]
