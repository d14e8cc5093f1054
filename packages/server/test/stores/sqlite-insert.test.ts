import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TransactionLostError } from '../../src/index.ts'
import { answer, claimOf, type OpenedSqlite, openSqlite } from './open-sqlite.ts'

let opened: OpenedSqlite
beforeEach(async () => {
  opened = await openSqlite({
    schema: `create table if not exists strict_thing (name text primary key check (name <> 'bad')) strict;
      create table if not exists rolling (name text primary key on conflict rollback) strict;
      create table if not exists ignoring (name text primary key on conflict ignore) strict;
      create table if not exists pair (name text primary key, a text, b text) strict;
      create table if not exists changing (name text primary key, shown text) strict;
      create trigger if not exists change after insert on changing
        begin update changing set shown = upper(new.shown) where name = new.name; end;
      create table if not exists child (name text primary key, parent text references thing (name)) strict`,
  })
})
afterEach(() => opened.close())

const insert = (key: string, values: Record<string, unknown>, table = 'thing') =>
  opened.store.insert!(claimOf(key), { table, values }, () => ({ kind: 'commit', result: key, answer }))
const recorded = (): unknown[] =>
  opened.store.read
    .prepare('select key from createonce_record order by key')
    .all()
    .map(({ key }) => key)
const rows = (table: string) => opened.store.read.prepare(`select name from ${table} order by name`).all()

describe('declared rows that share a commit', () => {
  it('are each kept with their record, and what breaks a unique rule leaves neither row nor record', async () => {
    await insert('k0', { name: 'taken' })
    const outcomes = await Promise.all([
      insert('k1', { name: 'a' }),
      insert('k2', { name: 'taken' }),
      insert('k3', { name: 'b' }),
      insert('k4', { name: 'a' }),
    ])
    expect(outcomes).toEqual([
      { kind: 'executed', result: 'k1' },
      { kind: 'taken', fields: ['name'] },
      { kind: 'executed', result: 'k3' },
      { kind: 'taken', fields: ['name'] },
    ])
    expect(recorded()).toEqual(['k0', 'k1', 'k3'])
    expect(opened.names()).toEqual(['taken', 'a', 'b'])
  })

  it('name the missing parent of one, and keep the others', async () => {
    const outcomes = await Promise.all([
      insert('k1', { name: 'a', parent: 'nobody' }, 'child'),
      insert('k2', { name: 'b', parent: null }, 'child'),
    ])
    expect(outcomes).toEqual([
      { kind: 'orphan', fields: ['parent'] },
      { kind: 'executed', result: 'k2' },
    ])
    expect(recorded()).toEqual(['k2'])
  })

  it('throw to one what only its row breaks, and leave its key free', async () => {
    const bad = insert('k1', { name: 'bad' }, 'strict_thing')
    const good = insert('k2', { name: 'good' }, 'strict_thing')
    await expect(bad).rejects.toThrow(/CHECK constraint failed/)
    expect(await good).toEqual({ kind: 'executed', result: 'k2' })
    expect(recorded()).toEqual(['k2'])
    expect(await insert('k1', { name: 'mended' }, 'strict_thing')).toEqual({ kind: 'executed', result: 'k1' })
  })

  it('find a record of the same key in the same group, or an older one', async () => {
    const [first, second] = await Promise.all([insert('k1', { name: 'a' }), insert('k1', { name: 'b' })])
    expect([first.kind, second.kind]).toEqual(['executed', 'recorded'])
    expect((await insert('k1', { name: 'c' })).kind).toBe('recorded')
    expect(opened.names()).toEqual(['a'])
  })

  it('replace a record that is past its retention', async () => {
    await insert('k1', { name: 'a' })
    opened.time.move(3_600_000)
    expect(await insert('k1', { name: 'b' })).toEqual({ kind: 'executed', result: 'k1' })
    expect((await insert('k1', { name: 'c' })).kind).toBe('recorded')
    expect(recorded()).toEqual(['k1'])
  })

  it('leave an expired key free where its next row is refused', async () => {
    await insert('k1', { name: 'a' })
    opened.time.move(3_600_000)
    expect(await insert('k1', { name: 'a' })).toEqual({ kind: 'taken', fields: ['name'] })
    expect(await insert('k1', { name: 'b' })).toEqual({ kind: 'executed', result: 'k1' })
  })
})

describe('a declared row', () => {
  it('is told as it is kept where a trigger changed it, though all of its columns were given', async () => {
    const kept: unknown[] = []
    const build = (values: Readonly<Record<string, unknown>>) => {
      kept.push(values['shown'])
      return { kind: 'commit', result: 'k1', answer } as const
    }
    await opened.store.insert!(claimOf('k1'), { table: 'changing', values: { name: 'a', shown: 'ada' } }, build)
    expect(kept.at(-1)).toBe('ADA')
  })

  it('may have other columns than the one before it in the same table', async () => {
    await insert('k1', { name: 'first', a: 'x' }, 'pair')
    await insert('k2', { name: 'second', b: 'y' }, 'pair')
    expect(opened.store.read.prepare('select name, a, b from pair order by name').all()).toEqual([
      { name: 'first', a: 'x', b: null },
      { name: 'second', a: null, b: 'y' },
    ])
  })
})

describe('a table with a conflict clause of its own', () => {
  it('that rolls everything back fails only the row that broke the rule; the others run again', async () => {
    await insert('k0', { name: 'taken' }, 'rolling')
    const outcomes = await Promise.allSettled([
      insert('k1', { name: 'a' }, 'rolling'),
      insert('k2', { name: 'taken' }, 'rolling'),
      insert('k3', { name: 'b' }, 'rolling'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((outcomes[1] as PromiseRejectedResult).reason).toBeInstanceOf(TransactionLostError)
    expect(recorded()).toEqual(['k0', 'k1', 'k3'])
    expect(rows('rolling')).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'taken' }])
  })

  it('that ignores the row is answered as taken: nothing was inserted, so nothing may be acknowledged', async () => {
    await insert('k0', { name: 'taken' }, 'ignoring')
    expect(await insert('k1', { name: 'taken' }, 'ignoring')).toEqual({ kind: 'taken', fields: [] })
    expect(recorded()).toEqual(['k0'])
  })
})
