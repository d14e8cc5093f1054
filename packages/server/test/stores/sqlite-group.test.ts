import { afterEach, describe, expect, it } from 'vitest'
import { StoreUnavailableError } from '../../src/index.ts'
import { findSqliteDriver, type SqliteDatabase } from '../../src/stores/sqlite/driver.ts'
import { answer, claimOf, movingOn, type OpenedSqlite, openSqlite, turns } from './open-sqlite.ts'

const MANY = 64
const driver = await findSqliteDriver()

let opened: OpenedSqlite
afterEach(() => opened.close())

/** Opens a store whose driver tells of each COMMIT (or another statement of the library), and may fail it. */
async function openCounting(onCommit: () => void, schema = '', counted = 'COMMIT'): Promise<void> {
  const open = (file: string, options: { readOnly: boolean }): SqliteDatabase => {
    const database = driver(file, options)
    return {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql)
        if (sql !== counted) return statement
        return {
          run: () => {
            onCommit()
            return statement.run()
          },
          get: () => undefined,
          all: () => [],
        }
      },
    }
  }
  opened = await openSqlite({ open, schema })
}

const keys = Array.from({ length: MANY }, (_, index) => `k${String(index).padStart(2, '0')}`)
const recorded = (): unknown[] =>
  opened.store.read
    .prepare('select key from createonce_record order by key')
    .all()
    .map(({ key }) => key)
const expectKept = (kept: readonly string[]): void => {
  expect([...opened.names()].sort()).toEqual(kept)
  expect(recorded()).toEqual(kept)
}

describe('creations that come at once', () => {
  it('share one commit, and each has its row and its record', async () => {
    let commits = 0
    await openCounting(() => {
      commits += 1
    })
    await Promise.all(keys.map((key) => opened.create(key)))
    expectKept(keys)
    // The first may have gone alone; the others came while it was on its way.
    expect(commits).toBeLessThanOrEqual(2)
  })

  it('are at most 256 to a commit', async () => {
    let commits = 0
    await openCounting(() => {
      commits += 1
    })
    const many = Array.from({ length: 300 }, (_, index) => `k${index}`)
    await Promise.all(many.map((key) => opened.create(key)))
    expect(opened.names()).toHaveLength(300)
    expect(commits).toBe(2)
  })

  it('take no more along when they have held the writer for 5 ms', async () => {
    let commits = 0
    await openCounting(() => {
      commits += 1
    })
    const slow = ['a', 'b', 'c'].map((key) =>
      opened.store.once(claimOf(key), async ({ tx }) => {
        tx.prepare('insert into thing (name) values (?)').run(key)
        opened.time.move(3)
        return { kind: 'commit', result: key, answer }
      }),
    )
    await Promise.all(slow)
    expectKept(['a', 'b', 'c'])
    expect(commits).toBe(2)
  })

  it('are not answered before the commit', async () => {
    const answered: string[] = []
    let answeredAtCommit = -1
    await openCounting(() => {
      answeredAtCommit = answered.length
    })
    await Promise.all(keys.map(async (key) => answered.push((await opened.create(key)).kind)))
    expect(answeredAtCommit).toBe(0)
    expect(answered).toHaveLength(MANY)
  })

  it('are all told when the disk fails the commit, and nothing is left of them', async () => {
    let isBroken = true
    await openCounting(() => {
      if (isBroken) throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
    })
    const outcomes = await Promise.allSettled(keys.map((key) => opened.create(key)))
    expect(outcomes.every((one) => one.status === 'rejected' && one.reason instanceof StoreUnavailableError)).toBe(true)
    expectKept([])
    isBroken = false
    expect((await opened.create('k00')).kind).toBe('executed')
  })

  it.each(['SAVEPOINT createonce', 'ROLLBACK TO createonce', 'RELEASE createonce'])(
    'are all told when %s fails, nothing is left of them, and the next ones are kept',
    async (statement) => {
      let isBroken = true
      await openCounting(
        () => {
          if (isBroken) throw Object.assign(new Error('disk I/O error'), { errcode: 10 })
        },
        '',
        statement,
      )
      const refused = opened.store.once(claimOf('refused'), async () => ({ kind: 'roll-back', result: 'refused' }))
      const outcomes = await Promise.allSettled([refused, ...keys.map((key) => opened.create(key))])
      const told = outcomes.filter((one) => one.status === 'rejected' && one.reason instanceof StoreUnavailableError)
      expect(told.length).toBeGreaterThan(0)
      expect(opened.names()).toHaveLength(outcomes.length - told.length)
      isBroken = false
      expect((await opened.create('next')).kind).toBe('executed')
    },
  )

  it('do not hold each other: who waits inside takes the group along, and who comes meanwhile gets the next commit', async () => {
    let commits = 0
    await openCounting(() => {
      commits += 1
    })
    const slow = opened.store.once(claimOf('slow'), async ({ tx }) => {
      await turns(20)
      tx.prepare('insert into thing (name) values (?)').run('slow')
      return { kind: 'commit', result: 'slow', answer }
    })
    await turns(3)
    const others = keys.map((key) => opened.create(key))
    await Promise.all([slow, ...others])
    expect(opened.names()[0]).toBe('slow')
    expect(recorded()).toHaveLength(MANY + 1)
    expect(commits).toBeLessThanOrEqual(3)
  })
})

describe('one bad creation among many', () => {
  const evil = 'k31'
  const good = keys.filter((key) => key !== evil)

  it.each([
    ['throws after its insert', 'evil'],
    ['breaks a unique rule', 'k00'],
  ])('that %s fails alone', async (_, name) => {
    await openCounting(() => {})
    const outcomes = await Promise.allSettled(
      keys.map((key) =>
        key === evil
          ? opened.store.once(claimOf(key), async ({ tx }) => {
              tx.prepare('insert into thing (name) values (?)').run(name)
              throw new Error('refused after the insert')
            })
          : opened.create(key),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expectKept(good)
  })

  it('that makes SQLite roll everything back fails alone: the others run again and are kept once', async () => {
    await openCounting(
      () => {},
      `create trigger if not exists no_evil before insert on thing when new.name = 'evil'
        begin select raise(rollback, 'evil is not taken'); end;`,
    )
    const outcomes = await Promise.allSettled(keys.map((key) => opened.create(key, key === evil ? 'evil' : key)))
    expect(outcomes.map(({ status }, index) => (status === 'rejected' ? keys[index] : '')).filter(Boolean)).toEqual([
      evil,
    ])
    expectKept(good)
  })

  it('whose parent never comes is found at the commit and fails alone', async () => {
    await openCounting(
      () => {},
      'create table if not exists child (name text references thing (name) deferrable initially deferred) strict',
    )
    const outcomes = await Promise.allSettled(
      keys.map((key) =>
        key === evil
          ? opened.store.once(claimOf(key), async ({ tx }) => {
              tx.prepare('insert into child (name) values (?)').run('no such parent')
              return { kind: 'commit', result: key, answer }
            })
          : opened.create(key),
      ),
    )
    expect(outcomes.map(({ status }, index) => (status === 'rejected' ? keys[index] : '')).filter(Boolean)).toEqual([
      evil,
    ])
    expectKept(good)
  })
})

describe('a purge of many records', () => {
  it('takes fifty at a time, and creations have their turn between', async () => {
    let commits = 0
    await openCounting(() => {
      commits += 1
    })
    await Promise.all(Array.from({ length: 130 }, (_, index) => opened.create(`k${index}`)))
    opened.time.move(3_600_000)
    commits = 0
    let isPurged = false
    const purging = opened.store.purge().finally(() => {
      isPurged = true
    })
    await opened.create('between')
    expect(isPurged).toBe(false)
    expect(await movingOn(opened.time, purging)).toBe(130)
    expect(commits).toBeGreaterThanOrEqual(3)
    expect(recorded()).toEqual(['between'])
  })
})
