import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError, TransactionLostError } from '../../src/index.ts'
import type { SqliteTransaction } from '../../src/stores/sqlite.ts'
import { answer, claimOf, type OpenedSqlite, openSqlite } from './open-sqlite.ts'

let opened: OpenedSqlite
beforeEach(async () => {
  opened = await openSqlite({
    schema: `
      create table if not exists strict_thing (name text not null unique on conflict rollback) strict;
      create table if not exists child (name text references thing (name) deferrable initially deferred) strict;
      create trigger if not exists no_evil before insert on thing when new.name = 'evil'
        begin select raise(rollback, 'evil is not taken'); end;`,
  })
})
afterEach(() => opened.close())

/** A creation by `step`, which is kept whatever happens inside it unless it throws. */
const creating = (step: (tx: SqliteTransaction) => unknown, key = 'k1') =>
  opened.store.once(claimOf(key), async ({ tx }) => {
    await step(tx)
    return { kind: 'commit', result: 'created', answer }
  })
const insert = (tx: SqliteTransaction, name: string) => tx.prepare('insert into thing (name) values (?)').run(name)
const records = (): unknown[] => opened.store.read.prepare('select key from createonce_record').all()

/** What an author does who does not care about errors. */
function swallowing(step: () => unknown): void {
  try {
    step()
  } catch {
    // On purpose.
  }
}

describe('the end of the transaction', () => {
  it.each([
    'commit',
    'COMMIT',
    'end transaction',
    'rollback',
    'Rollback to savepoint other',
    'begin',
    'begin immediate',
    'savepoint mine',
    'release mine',
    'pragma synchronous = off',
    "attach 'other.db' as other",
    'detach other',
    'vacuum',
    ' \t\r\n\f commit',
    ';; ; commit',
    '-- done\ncommit',
    '-- done\r\n-- really\n  commit;',
    '/* done */commit',
    '/* *** / /* done **/ /**/ ; -- and\n/* so on */ commit',
    '\ufeffcommit',
  ])('is refused to the author, however it is written: %j', async (sql) => {
    const failing = creating((tx) => {
      insert(tx, 'early')
      tx.prepare(sql).run()
    })
    await expect(failing).rejects.toThrow(/create\(\) must not run [A-Z]+: the library ends the transaction/)
    expect(opened.names()).toEqual([])
    expect(records()).toEqual([])
  })

  it('does not come by a second statement behind the first: only the first one runs', async () => {
    await creating((tx) => {
      insert(tx, 'before')
      tx.prepare("insert into thing (name) values ('first'); rollback").run()
    })
    expect(opened.names()).toEqual(['before', 'first'])
  })

  it.each([
    "insert into thing (name) values ('commit')",
    "/* begin */ insert into thing (name) values ('a */ commit')",
    "replace into thing (name) values ('end')",
    "with pragma_like as (select 'rollback' as name) insert into thing select name from pragma_like",
    `${'/* a */ '.repeat(2_000)}insert into thing (name) values ('many comments')`,
  ])('is not seen in statements that only mention its words: %.60s', async (sql) => {
    expect(await creating((tx) => tx.prepare(sql).run())).toEqual({ kind: 'executed', result: 'created' })
    expect(opened.names()).toHaveLength(1)
  })

  it('ends statements that were prepared inside it', async () => {
    let kept: ReturnType<SqliteTransaction['prepare']> | undefined
    await creating((tx) => {
      kept = tx.prepare('insert into thing (name) values (?)')
    })
    for (const use of [() => kept!.run('late'), () => kept!.get('late'), () => kept!.all('late')]) {
      expect(use).toThrow('This transaction has ended')
    }
    expect(opened.names()).toEqual([])
  })
})

describe('a statement that makes SQLite roll everything back', () => {
  const ways: [string, (tx: SqliteTransaction) => unknown][] = [
    ['OR ROLLBACK', (tx) => tx.prepare("insert or rollback into thing (name) values ('taken')").run()],
    ['ON CONFLICT ROLLBACK', (tx) => tx.prepare("insert into strict_thing values ('taken')").run()],
    ['RAISE(ROLLBACK) in a trigger', (tx) => insert(tx, 'evil')],
  ]
  beforeEach(async () => {
    await opened.store.write((tx) => {
      insert(tx, 'taken')
      tx.prepare("insert into strict_thing values ('taken')").run()
    })
  })

  it.each(ways)('is not acknowledged though its error is swallowed: %s', async (_, step) => {
    const failing = creating((tx) => {
      insert(tx, 'before')
      swallowing(() => step(tx))
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(opened.names()).toEqual(['taken'])
    expect(records()).toEqual([])
  })

  it.each(ways)('keeps no row that is written behind it: %s', async (_, step) => {
    const failing = creating((tx) => {
      const prepared = tx.prepare('insert into thing (name) values (?)')
      swallowing(() => step(tx))
      swallowing(() => insert(tx, 'behind it'))
      swallowing(() => prepared.run('behind it too'))
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(opened.names()).toEqual(['taken'])
    expect(await creating((tx) => insert(tx, 'retry'))).toEqual({ kind: 'executed', result: 'created' })
  })

  it.each(ways)('is not acknowledged inside a step that may break a unique rule: %s', async (_, step) => {
    const failing = opened.store.once(claimOf('k1'), async ({ tx, attempt }) => {
      insert(tx, 'before')
      swallowing(() => {})
      await attempt(() => step(tx)).catch(() => {})
      swallowing(() => insert(tx, 'behind it'))
      return { kind: 'commit', result: 'created', answer }
    })
    await expect(failing).rejects.toThrow(TransactionLostError)
    expect(opened.names()).toEqual(['taken'])
  })

  it('that is decided not to be kept is a plain roll-back, and the next transaction is whole', async () => {
    const refused = opened.store.once(claimOf('k1'), async ({ tx }) => {
      swallowing(() => insert(tx, 'evil'))
      return { kind: 'roll-back', result: 'refused' }
    })
    expect(await refused).toEqual({ kind: 'executed', result: 'refused' })
    expect(await opened.create('next')).toEqual({ kind: 'executed', result: 'next' })
  })
})

describe('a statement that fails alone', () => {
  it('is undone alone where its error is swallowed: the rest is kept with the record', async () => {
    await opened.create('taken')
    await creating((tx) => {
      insert(tx, 'before')
      swallowing(() => tx.prepare("insert into thing (name) values ('half'), ('taken')").run())
      swallowing(() => tx.prepare('nonsense').run())
      insert(tx, 'after')
    })
    expect(opened.names()).toEqual(['taken', 'before', 'after'])
    expect(records()).toHaveLength(2)
  })

  it('at the commit, for a parent that never came, is a fault of the rows and not of the store', async () => {
    const failing = creating((tx) => tx.prepare("insert into child values ('nobody')").run())
    await expect(failing).rejects.toThrow(/FOREIGN KEY/)
    await expect(failing).rejects.not.toThrow(StoreUnavailableError)
    expect(records()).toEqual([])
    expect(await opened.create('next')).toEqual({ kind: 'executed', result: 'next' })
  })

  it('does not when the parent comes before the end', async () => {
    await creating((tx) => {
      tx.prepare("insert into child values ('later')").run()
      insert(tx, 'later')
    })
    expect(records()).toHaveLength(1)
  })
})

describe("a transaction of the author's own", () => {
  it('gives what it returns and keeps what it did, or nothing where it throws', async () => {
    const { store, names } = opened
    expect(await store.write((tx) => insert(tx, 'kept').changes)).toBe(1)
    const fault = new Error('no')
    const failing = store.write((tx) => {
      insert(tx, 'not kept')
      throw fault
    })
    await expect(failing).rejects.toThrow(fault)
    expect(names()).toEqual(['kept'])
    expect(records()).toEqual([])
  })
})
