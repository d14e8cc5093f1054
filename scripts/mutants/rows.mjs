// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are source text.
// Seeded faults in the declared rows of both SQL stores; all their names begin with "rows".
const BATCHER = 'stores/postgres/rows/batcher.ts'
const STATEMENTS = 'stores/postgres/rows/batch-statements.ts'
const INSERTER = 'stores/postgres/rows/create-row-inserter.ts'
const ALONE = 'stores/postgres/rows/insert-alone.ts'
const FACTS = 'stores/postgres/rows/table-facts.ts'
const SQLITE_ROW = 'stores/sqlite/insert-row.ts'
const SQLITE_FACTS = 'stores/sqlite/table-facts.ts'

const ofPostgres = [
  // Quarantine.
  {
    name: 'rows, pg: a retry of what broke a batch joins the next one',
    file: BATCHER,
    from: 'quarantine.add(entry.record.id)',
    to: 'void quarantine',
  },
  {
    name: 'rows, pg: what broke a batch is kept apart for ever',
    file: 'stores/postgres/rows/quarantine.ts',
    from: 'if (end > time.now()) return true',
    to: 'return true',
  },
  {
    name: 'rows, pg: everybody is kept apart with one who broke a batch',
    file: BATCHER,
    from: 'quarantine.add(entry.record.id)',
    to: 'quarantine.has = () => true',
  },
  // Many at once.
  {
    name: 'rows, pg: any number may wait',
    file: BATCHER,
    from: '>= options.maxWaiting',
    to: '>= options.maxWaiting * 1_000',
  },
  {
    name: 'rows, pg: answers go to the wrong callers',
    file: BATCHER,
    from: 'outcomes[Number(place) - 1]',
    to: 'outcomes[batch.length - Number(place)]',
  },
  {
    name: 'rows, pg: what no batch has room for is forgotten',
    file: BATCHER,
    from: 'waiting = waiting.slice(LARGEST)',
    to: 'waiting = []',
  },
  {
    name: 'rows, pg: nobody leaves when a place gets free',
    file: BATCHER,
    from: '      inFlight -= 1\n      schedule()\n',
    to: '      inFlight -= 1\n',
  },
  {
    name: 'rows, pg: the second half of a refused batch is told that it is kept',
    file: BATCHER,
    from: "await write(batch.slice(half), 'careful')",
    to: "for (const { settle } of batch.slice(half)) settle({ kind: 'kept' })",
  },
  {
    name: 'rows, pg: a refused batch is not tried with care',
    file: BATCHER,
    from: "    if (way === 'hopeful') {\n      carefulFor = CAREFUL_FOR\n      await write(batch, 'careful')\n      return\n    }\n",
    to: "    if (way === 'hopeful') {\n      for (const { settle } of batch) settle({ kind: 'kept' })\n      return\n    }\n",
  },
  {
    name: 'rows, pg: a batch waits for a lock without end',
    file: STATEMENTS,
    from: 'const LOCK_MS = 100',
    to: 'const LOCK_MS = 0',
  },
  {
    name: 'rows, pg: a hopeful batch writes in the order of arrival',
    file: STATEMENTS,
    from: 'return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(',
    to: 'return keyed.map(',
  },
  {
    name: 'rows, pg: a careful batch writes in the order of arrival',
    file: STATEMENTS,
    from: '${shape.order.length > 0 ?',
    to: '${shape.order.length > 1e9 ?',
  },

  // One among them.
  {
    name: 'rows, pg: a taken row is told as kept',
    file: BATCHER,
    from: "if (state === 'taken') return { kind: 'taken' }",
    to: "if (state === 'taken') return { kind: 'kept' }",
  },
  {
    name: 'rows, pg: any broken reference is the first one',
    file: STATEMENTS,
    from: "then 'orphan ${place}'`",
    to: "then 'orphan ${place * 0}'`",
  },
  {
    name: 'rows, pg: a reference that is null leads nowhere',
    file: STATEMENTS,
    from: '`${value} is not null`',
    to: '`(${value} is not null or true)`',
  },
  {
    name: 'rows, pg: a careful row leaves a record without it',
    file: STATEMENTS,
    from: "        join kept k on ${key.map((index, at) => `k.k${at} = j.c${index}`).join(' and ')}\n        where j.state",
    to: '        where j.state',
  },
  {
    name: 'rows, pg: rows of one table share a shape',
    file: INSERTER,
    from: 'if (names[place] !== name) return false',
    to: 'if (names[place] === undefined) return false',
  },
  {
    name: 'rows, pg: a lost COMMIT without a key runs again',
    file: INSERTER,
    from: 'if (claim !== undefined) return alone(settlement)',
    to: 'if (claim !== undefined || Date.now() > 0) return alone(settlement)',
  },
  {
    name: 'rows, pg: a table that was missing stays missing',
    file: INSERTER,
    from: 'reading.catch(() => tables.delete(table))',
    to: 'reading.catch(() => {})',
  },
  {
    name: 'rows, pg: a broken reference names no column',
    file: 'stores/postgres/rows/insert-within.ts',
    from: 'fields: reference?.columns ?? []',
    to: 'fields: reference?.columns.slice(0, 0) ?? []',
  },
  {
    name: 'rows, pg: what is too long is cut',
    file: FACTS,
    from: 'format_type(a.atttypid, null)',
    to: 'format_type(a.atttypid, a.atttypmod)',
  },
  {
    name: 'rows, pg: triggers are not looked for',
    file: FACTS,
    from: 'where t.tgrelid = c.oid and not t.tgisinternal',
    to: 'where t.tgrelid = c.oid and t.tgisinternal and false',
  },
  {
    name: 'rows, pg: defaults are not looked for',
    file: FACTS,
    from: "a.atthasdef or a.attidentity <> ''",
    to: "a.attidentity <> ''",
  },
]

const ofSqlite = [
  {
    name: 'rows, sqlite: a taken value is a fault',
    file: SQLITE_ROW,
    from: "if (taken !== undefined) return { kind: 'taken', fields: taken }",
    to: "if (taken !== undefined && taken.length > 1e9) return { kind: 'taken', fields: taken }",
  },
  {
    name: 'rows, sqlite: any reference is broken',
    file: SQLITE_ROW,
    from: '.get(toSqlite(value, column)) === undefined',
    to: '.get(toSqlite(value, column)) !== null',
  },
  {
    name: 'rows, sqlite: a row that triggers changed is not read back',
    file: SQLITE_ROW,
    from: 'return !hasTriggers && ',
    to: 'return (!hasTriggers || true) && ',
  },
  {
    name: 'rows, sqlite: defaults are not looked for',
    file: SQLITE_FACTS,
    from: 'byDefault !== null ||',
    to: 'byDefault === undefined ||',
  },
  {
    name: 'rows, sqlite: triggers are not looked for',
    file: SQLITE_FACTS,
    from: "Number(triggers?.['count']) > 0",
    to: "Number(triggers?.['count']) > 1e9",
  },
]

const POSTGRES_SUITES = ['test/stores/postgres-rows']
const SQLITE_SUITES = ['test/stores/sqlite.test', 'test/stores/sqlite-insert', 'test/creation/insert']

export const mutants = [
  ...ofPostgres.map((mutant) => ({ ...mutant, suites: POSTGRES_SUITES })),
  ...ofSqlite.map((mutant) => ({ ...mutant, suites: SQLITE_SUITES })),
]
