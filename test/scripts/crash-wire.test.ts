import { describe, expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { postgresWire } from '../../scripts/crash/wire/postgres-wire.mjs'
// @ts-expect-error: a script, without types
import { redisWire } from '../../scripts/crash/wire/redis-wire.mjs'
import type { Wire } from './wire.ts'

const postgres: Wire = postgresWire
const redis: Wire = redisWire

/** A message as PostgreSQL frames it; without a type it is the first one of a session. */
function message(type: string, ...texts: string[]): Buffer {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''))
  const length = Buffer.alloc(4)
  length.writeInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, body])
}

/** A command as clients of Redis write it. */
function command(...words: string[]): Buffer {
  return Buffer.from(
    `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
  )
}

/** Reads a stream that arrives in chunks of so many bytes. */
function inChunks<T>(bytes: Buffer, size: number, read: (chunk: Buffer) => T[]): T[] {
  const all: T[] = []
  for (let at = 0; at < bytes.length; at += size) all.push(...read(bytes.subarray(at, at + size)))
  return all
}

describe.each([1, 7, 10_000])('in chunks of %d bytes', (size) => {
  it('PostgreSQL: every message is found, and those that commit are marked', () => {
    const sent = [
      message('', 'user', 'postgres'),
      message('Q', 'begin;select 1'),
      message('Q', "insert into orders values ('commit; not this')"),
      message('Q', 'execute keep(1);commit'),
      message('Q', ' COMMIT; '),
      message('P', 'own', 'commit'),
      message('B', '', 'own'),
      message('B', '', 'other'),
      message('S'),
    ]
    const read = inChunks(Buffer.concat(sent), size, postgres.requests())
    expect(read.map(({ bytes }) => bytes)).toEqual(sent)
    expect(read.flatMap(({ mark }, index) => (mark === 'COMMIT' ? [index] : []))).toEqual([3, 4, 6])
    expect(read.map(({ asks }) => asks)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 1])
  })

  it('PostgreSQL: a packet that writes outside of a transaction is committed by its Sync', () => {
    const sent = [
      message('', 'user', 'postgres'),
      message('P', 'rows', 'insert into orders select 1'),
      message('B', '', 'rows'),
      message('S'),
      message('P', 'look', 'select 1'),
      message('B', '', 'look'),
      message('S'),
      message('P', '', 'begin'),
      message('B', '', ''),
      message('B', '', 'rows'),
      message('S'),
      message('P', '', 'commit'),
      message('B', '', ''),
      message('S'),
      message('B', '', 'rows'),
      message('S'),
    ]
    const read = inChunks(Buffer.concat(sent), size, postgres.requests())
    expect(read.flatMap(({ mark }, index) => (mark === 'COMMIT' ? [index] : []))).toEqual([3, 12, 15])
  })

  it('PostgreSQL: an answer ends with ReadyForQuery', () => {
    const sent = [message('C', 'COMMIT'), message('Z', 'I'), message('N', 'notice')]
    const read = inChunks(Buffer.concat(sent), size, postgres.answers())
    expect(read.map(({ ends }) => ends)).toEqual([false, true, false])
  })

  it('Redis: every command is found, and those that reserve or record are marked', () => {
    const sent = [
      command('PING'),
      command('EVALSHA', 'f00', '1', 'k', 'owner', '1:f', 'block', '1500'),
      command('EVALSHA', 'f00', '1', 'k', 'owner', '{"status":201,"headers":{}}'),
      command('SET', 'k', 'block'),
      command('EVAL', 'return "ü"', '1', 'k', 'rerun'),
    ]
    const read = inChunks(Buffer.concat(sent), size, redis.requests())
    expect(read.map(({ bytes }) => bytes)).toEqual(sent)
    expect(read.map(({ mark }) => mark)).toEqual([
      undefined,
      'the reservation',
      'the record',
      undefined,
      'the reservation',
    ])
  })

  it('Redis: an answer is a whole value, lists within lists included', () => {
    const sent = ['+PONG\r\n', '*2\r\n$8\r\nacquired\r\n*1\r\n:1\r\n', '$-1\r\n', '*0\r\n', '-ERR no\r\n'].map((text) =>
      Buffer.from(text),
    )
    const read = inChunks(Buffer.concat(sent), size, redis.answers())
    expect(read.map(({ bytes }) => bytes)).toEqual(sent)
  })
})
