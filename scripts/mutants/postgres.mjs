// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are source text.
// Seeded faults in the PostgreSQL store, in the form of `mutants-list.mjs`. All their names begin with "pg".
const FOLDER = 'stores/postgres'
const STATEMENTS = `${FOLDER}/statements.ts`
const TRANSACTION = `${FOLDER}/transaction.ts`
const COMMIT = `${FOLDER}/commit.ts`
const ATTEMPT = `${FOLDER}/attempt.ts`
const KNOWN = `${FOLDER}/try-until-known.ts`
const JUDGE = `${FOLDER}/judge.ts`
const PG = `${FOLDER}/pg-driver.ts`
const GUARDED = `${FOLDER}/guarded-client.ts`
const SQL = `${FOLDER}/guarded-sql.ts`
const JS = `${FOLDER}/postgres-js-driver.ts`
const CONTROL = `${FOLDER}/control-statement.ts`
const GUARD = `${FOLDER}/guard.ts`
const LENDER = `${FOLDER}/lender.ts`
const MIGRATE = `${FOLDER}/migrate.ts`

export const mutants = [
  // The claim.
  {
    name: 'pg: the lock does not exclude',
    file: STATEMENTS,
    from: 'else pg_try_advisory_xact_lock(${CLAIM_LOCKS}, ${lock}) end',
    to: 'else (${lock} is not null and ${CLAIM_LOCKS} > 0) end',
  },
  {
    name: 'pg: the lock outlives its transaction',
    file: STATEMENTS,
    from: 'pg_try_advisory_xact_lock(${CLAIM_LOCKS}',
    to: 'pg_try_advisory_lock(${CLAIM_LOCKS}',
  },
  {
    name: 'pg: in flight is waited for',
    file: STATEMENTS,
    from: 'else pg_try_advisory_xact_lock(${CLAIM_LOCKS}, ${lock}) end',
    to: 'else pg_advisory_xact_lock(${CLAIM_LOCKS}, ${lock}) is not null end',
  },
  {
    name: 'pg: replays take the lock',
    file: STATEMENTS,
    from: 'case when exists (select from ${table} where id = ${id} and expires_at > ${now}) then null',
    to: 'case when exists (select from ${table} where id = ${id} and expires_at > ${now} and false) then null',
  },
  {
    name: 'pg: who has no lock executes',
    file: TRANSACTION,
    from: "|| locked !== 'true')",
    to: "|| (locked !== 'true' && Date.now() < 0))",
  },
  {
    name: 'pg: many keys have one id',
    file: `${FOLDER}/claim-id.ts`,
    from: 'digest.slice(0, 32)',
    to: "digest.slice(0, 1).padEnd(32, '0')",
  },
  {
    name: 'pg: scope and key run into each other',
    file: `${FOLDER}/claim-id.ts`,
    from: '`${scope.length}:${scope}${key}`',
    to: 'key + scope.slice(0, 0)',
  },

  // The record.
  {
    name: 'pg: a record past its retention stays in the way',
    file: STATEMENTS,
    from: 'return kept.isStale ? [forget(id.uuid, now), insert] : [insert]',
    to: 'return kept.isStale && Date.now() < 0 ? [forget(id.uuid, now), insert] : [insert]',
  },
  {
    name: 'pg: the record is upserted',
    file: STATEMENTS,
    from: '${headers}, ${body}, ${now}, ${expiry})`,',
    to: '${headers}, ${body}, ${now}, ${expiry}) on conflict do nothing`,',
  },
  {
    name: 'pg: an empty body is recorded as none',
    file: STATEMENTS,
    from: 'answer.body ?? null,\n        now,',
    to: 'answer.body || null,\n        now,',
  },
  {
    name: 'pg: quotes end a literal',
    file: `${FOLDER}/literals.ts`,
    from: "(character === \"'\" ? \"''\" : '\\\\\\\\')",
    to: '(character === "\'" ? "\\\\\'" : \'\\\\\')',
  },
  {
    name: 'pg: a literal trusts standard_conforming_strings',
    file: `${FOLDER}/literals.ts`,
    from: "return `E'${text.replace(/['\\\\]/g, (character) => (character === \"'\" ? \"''\" : '\\\\\\\\'))}'`",
    to: "return `'${text.replaceAll(\"'\", \"''\")}'`",
  },
  {
    name: 'pg: a purge takes what others are purging',
    file: STATEMENTS,
    from: ' for update skip locked',
    to: ' for update',
  },
  {
    name: 'pg: a purge takes the newest first',
    file: STATEMENTS,
    from: 'order by expires_at limit',
    to: 'order by expires_at desc limit',
  },

  // The bounds.
  {
    name: 'pg: a statement is not bounded',
    file: STATEMENTS,
    from: "set_config('statement_timeout', '${statementMs}', true)",
    to: "set_config('statement_timeout', '0', true)",
  },
  {
    name: 'pg: a wait for a lock is not bounded',
    file: STATEMENTS,
    from: "set_config('lock_timeout', '${lockMs}', true)",
    to: "set_config('lock_timeout', '0', true)",
  },
  {
    name: 'pg: idleness is not bounded',
    file: STATEMENTS,
    from: "set_config('idle_in_transaction_session_timeout', '${idleMs}', true)",
    to: "set_config('idle_in_transaction_session_timeout', '0', true)",
  },
  {
    name: 'pg: create() may hold its connection for ever',
    file: TRANSACTION,
    from: 'within(time, holdMs, settled(',
    to: 'within(time, holdMs * 1_000, settled(',
  },
  {
    name: 'pg: an answer is waited for without end',
    file: COMMIT,
    from: 'within(time, holdMs, connection',
    to: 'within(time, holdMs * 1_000, connection',
  },

  // The end of the transaction.
  { name: 'pg: the tag of COMMIT is not read', file: COMMIT, from: "command === 'COMMIT'", to: "command !== ''" },
  {
    name: 'pg: a transaction without a key is not checked',
    file: STATEMENTS,
    from: 'if (kept === undefined) return [check(from)]',
    to: 'if (kept === undefined) return []',
  },
  {
    name: 'pg: an ended transaction gets its record',
    file: STATEMENTS,
    from: "(case when ${began} = ${from} then ${status} else '${ENDED}' end)",
    to: "(case when ${began} >= ${from} then ${status} else '${ENDED}' end)",
  },
  {
    name: 'pg: a lost COMMIT is an error',
    file: COMMIT,
    from: "return { kind: 'unanswered', error }",
    to: 'throw error',
  },
  {
    name: 'pg: a lost COMMIT is run again at once',
    file: COMMIT,
    from: "return { kind: 'unanswered', error }",
    to: "return { kind: 'again', error }",
  },
  {
    name: 'pg: a lost COMMIT is taken for done',
    file: TRANSACTION,
    from: "return { kind: 'unknown', settlement, error: committed.error }",
    to: "return { kind: 'executed', result }",
  },
  {
    name: 'pg: a lost COMMIT that runs is told as in flight',
    file: KNOWN,
    from: 'if (unanswered === undefined && (!hasBrokenOff || tries >= MOST_TRIES)) {',
    to: 'if (!hasBrokenOff || tries >= MOST_TRIES) {',
  },
  {
    name: 'pg: a lost COMMIT that was done is told as a replay',
    file: KNOWN,
    from: 'return isOurs',
    to: 'return isOurs && Date.now() < 0',
  },
  {
    name: 'pg: a lost COMMIT without a key runs again',
    file: KNOWN,
    from: 'if (claim === undefined) throw',
    to: 'if (claim === undefined && Date.now() < 0) throw',
  },
  {
    name: 'pg: the primary key is not heard',
    file: COMMIT,
    from: "return isOwnKey(fault, schema) ? { kind: 'again', error }",
    to: "return isOwnKey(fault, `${schema}.`) ? { kind: 'again', error }",
  },
  {
    name: 'pg: what is prepared in doubt stays',
    file: COMMIT,
    from: 'if (UNPREPARED.has(fault.code)) connection.destroy()',
    to: 'if (Date.now() < 0 && UNPREPARED.has(fault.code)) connection.destroy()',
  },
  {
    name: 'pg: a break inside create() is a lost COMMIT',
    file: COMMIT,
    from: "if (state === 'lost') {",
    to: "if (state === 'lost' && Date.now() < 0) {",
  },

  // Trying again.
  { name: 'pg: a deadlock is a fault', file: JUDGE, from: "    case 'try-again':\n", to: '' },
  {
    name: 'pg: a swallowed serialization failure is a fault',
    file: JUDGE,
    from: "  if (isWorthAnother(cause)) return { kind: 'again', error: cause }\n",
    to: '',
  },
  {
    name: 'pg: a hidden serialization failure is a fault',
    file: JUDGE,
    from: 'if (fault === undefined && isWorthAnother(guard.failure()))',
    to: 'if (fault === undefined && Date.now() < 0)',
  },
  {
    name: 'pg: it is tried for ever',
    file: KNOWN,
    from: 'if (unanswered === undefined && tries >= MOST_TRIES) return giveUp',
    to: 'if (unanswered === undefined && tries >= 1e9) return giveUp',
  },
  {
    name: 'pg: a broken wire is not another connection',
    file: TRANSACTION,
    from: "if (fault === undefined || meaning === 'connection-gone' || meaning === 'try-again') return { kind: 'again', error }",
    to: "if (meaning === 'connection-gone' || meaning === 'try-again') return { kind: 'again', error }\n    if (fault === undefined) throw error",
  },
  {
    name: 'pg: a break inside create() is a fault',
    file: TRANSACTION,
    from: "if (connection.state() === 'lost' || meaningOf(databaseError(error)) === 'connection-gone') {",
    to: 'if (Date.now() < 0) {',
  },

  // The step.
  {
    name: 'pg: a step that broke a rule keeps its first half',
    file: ATTEMPT,
    from: 'rollback to savepoint createonce_attempt; release',
    to: 'release',
  },
  {
    name: 'pg: any error of a step is a conflict',
    file: ATTEMPT,
    from: 'violation?.code !== EXCLUSION_VIOLATION) throw error',
    to: 'violation?.code !== EXCLUSION_VIOLATION && violation === undefined) throw error',
  },
  {
    name: 'pg: a booking that overlaps is a fault',
    file: ATTEMPT,
    from: ' && violation?.code !== EXCLUSION_VIOLATION',
    to: '',
  },
  {
    name: 'pg: expressions name no column',
    file: ATTEMPT,
    from: 'd.refobjsubid = a.attnum',
    to: 'd.refobjsubid = -a.attnum',
  },
  {
    name: 'pg: columns come in the order of the table',
    file: ATTEMPT,
    from: 'order by array_position(i.indkey::int2[], a.attnum), a.attnum',
    to: 'order by a.attnum',
  },
  {
    name: 'pg: the savepoint in front is taken for granted',
    file: TRANSACTION,
    from: 'attempt(connection, guard, isMarked && isFirst, step)',
    to: 'attempt(connection, guard, isMarked, step)',
  },
  {
    name: 'pg: an attempt always costs a round trip',
    file: TRANSACTION,
    from: 'if (isFirst) habit.attempts = true',
    to: 'void habit',
  },

  // The handle.
  { name: 'pg: the handle outlives its transaction', file: GUARD, from: '      isOpen = false\n', to: '' },
  {
    name: 'pg: what is not awaited is not waited for',
    file: TRANSACTION,
    from: '  await guard.settled()\n  return settlement',
    to: '  return settlement',
  },
  { name: 'pg: comments nest no further', file: CONTROL, from: 'depth += 1', to: 'depth = 1' },
  {
    name: 'pg: the first error is forgotten',
    file: GUARD,
    from: " && meaningOf(databaseError(error)) !== 'aborted'",
    to: '',
  },
  { name: 'pg: several statements are one query', file: GUARDED, from: ", queryMode: 'extended' }", to: ' }' },
  {
    name: 'pg: releasing gives the connection away',
    file: GUARDED,
    from: 'release: keep,',
    to: 'release: () => client.release(),',
  },
  { name: 'pg: a client on loan ends the process', file: PG, from: "  client.on('error', lose)\n", to: '' },
  { name: 'pg: idle clients end the process', file: PG, from: "  on?.call(pool, 'error', () => {})\n", to: '' },
  {
    name: 'pg: what is prepared is told to nobody',
    file: `${FOLDER}/as-text.ts`,
    from: '  prepared.add(name)\n',
    to: '',
  },
  {
    name: 'pg: postgres.js takes several statements',
    file: SQL,
    from: 'query.options.simple = false',
    to: 'query.options.simple = true',
  },
  {
    name: 'pg: postgres.js hides a COMMIT in a fragment',
    file: SQL,
    from: "return text.trim() === '' && isQuery(first) ? textOf(first) : text",
    to: "return text.trim() === '' && isQuery(first) && Date.now() < 0 ? textOf(first) : text",
  },
  {
    name: 'pg: postgres.js never gets a connection back',
    file: JS,
    from: '    if (isLast) own.release = false\n',
    to: '',
  },
  {
    name: 'pg: postgres.js gets a connection back only with the next message',
    file: JS,
    from: "else if (isOwn()) run(isTransaction && !isOpened ? 'rollback' : '', true).catch(() => {})",
    to: '',
  },
  {
    name: 'pg: a query of postgres.js waits for ever on a broken connection',
    file: JS,
    from: '    for (const query of running) query.reject(error)\n',
    to: '    void error\n',
  },
  {
    name: 'pg: a connection of postgres.js that is closed stays reserved',
    file: JS,
    from: '    physical.reserved = null\n',
    to: '',
  },

  // Declared rows, and the packets.
  {
    name: 'pg: rows wait for a lock as long as any',
    file: `${FOLDER}/rows/batch-statements.ts`,
    from: 'const LOCK_MS = 100\n',
    to: 'const LOCK_MS = 60_000\n',
  },
  {
    name: 'pg: a null in a batch is an empty text',
    file: `${FOLDER}/text-array.ts`,
    from: 'at = buffer.writeInt32BE(-1, at)',
    to: 'at = buffer.writeInt32BE(0, at)',
  },
  {
    name: 'pg: rows whose answer was lost are kept for done',
    file: `${FOLDER}/rows/create-row-inserter.ts`,
    from: 'if (claim !== undefined) return alone(settlement)',
    to: "if (claim !== undefined) return { kind: 'executed', result: settlement.result }",
  },
  {
    name: 'pg: a row that has no form keeps its connection',
    file: `${FOLDER}/rows/batcher.ts`,
    from: '    // A value that has no form.\n    connection.release()\n',
    to: '',
  },
  {
    name: 'pg: a text with U+0000 is sent',
    file: `${FOLDER}/statement.ts`,
    from: "if (typeof value === 'string' && value.includes('\\0')) throw noZero()",
    to: "if (typeof value === 'string' && value.includes('\\0\\0')) throw noZero()",
  },
  {
    name: 'pg: a refused batch of postgres.js leaves its transaction open',
    file: JS,
    from: "if (isOwn() && !prepared().isInDoubt) await run('rollback', true)",
    to: 'void prepared',
  },
  {
    name: 'pg: clients that pipeline are asked to take packets',
    file: PG,
    from: 'pipeline !== true && ',
    to: '',
  },

  // Lending and starting.
  {
    name: 'pg: any number may wait',
    file: LENDER,
    from: 'waiting >= options.maxWaiting',
    to: 'waiting >= options.maxWaiting * 1_000',
  },
  {
    name: 'pg: a connection that comes late is lost',
    file: LENDER,
    from: 'if (isLate) connecting.then((connection) => connection.release())',
    to: 'if (isLate) connecting.then(() => {})',
  },
  { name: 'pg: a busy pool is out of reach', file: LENDER, from: '&& lent > 0)', to: '&& lent > 1e9)' },
  { name: 'pg: a pool that others keep busy is merely busy', file: LENDER, from: '&& lent > 0)', to: '&& lent >= 0)' },
  {
    name: 'pg: a migration is not tried again',
    file: `${FOLDER}/get-ready.ts`,
    from: 'tries === MOST_TRIES',
    to: 'tries > 0',
  },
  {
    name: 'pg: a newer schema is taken',
    file: MIGRATE,
    from: 'worksWith: worksWith == null ? undefined : Number(worksWith)',
    to: 'worksWith: 0',
  },
  {
    name: 'pg: an expanded schema is refused',
    file: MIGRATE,
    from: 'worksWith: worksWith == null ? undefined : Number(worksWith)',
    to: 'worksWith: undefined',
  },
  {
    name: 'pg: migrate: false migrates',
    file: MIGRATE,
    from: 'if (!isAllowed) {',
    to: 'if (!isAllowed && Date.now() < 0) {',
  },
  {
    name: 'pg: locks are not proved',
    file: `${FOLDER}/prove-lock.ts`,
    from: 'first && !second && third',
    to: 'first || !second || third',
  },
  {
    name: "pg: the isolation is the database's",
    file: STATEMENTS,
    from: 'defineCommand(`begin isolation level ${options.isolation} read write`, isPrepared)',
    to: "defineCommand(options.isolation === 'read committed' ? 'begin' : 'begin read write', isPrepared)",
  },
]
