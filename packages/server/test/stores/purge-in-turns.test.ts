import { describe, expect, it } from 'vitest'
import { purgeInTurns } from '../../src/stores/purge-in-turns.ts'
import { manualTime } from '../../src/testing/index.ts'
import { turns } from './open-sqlite.ts'

/** A table of so many records, each turn of whose purge takes `tookMs`. */
function tableOf(records: number, tookMs: number) {
  const time = manualTime()
  const asked: number[] = []
  let left = records
  return {
    time,
    asked,
    purge: async (count: number) => {
      asked.push(count)
      time.move(tookMs)
      const gone = Math.min(count, left)
      left -= gone
      return gone
    },
  }
}

describe('a purge in turns', () => {
  it('rests between two of them, twice as long as the last one took', async () => {
    const { time, asked, purge } = tableOf(25, 3)
    const purging = purgeInTurns(purge, { limit: 1_000, atOnce: 10, time })
    await turns()
    expect(asked).toEqual([10])
    time.move(5)
    await turns()
    expect(asked).toEqual([10])
    time.move(1)
    await turns()
    expect(asked).toEqual([10, 10])
    time.move(6)
    expect(await purging).toBe(25)
    expect(asked).toEqual([10, 10, 10])
  })

  it('rests a millisecond where the clock saw none pass', async () => {
    const { time, asked, purge } = tableOf(25, 0)
    const purging = purgeInTurns(purge, { limit: 11, atOnce: 10, time })
    await turns()
    expect(asked).toEqual([10])
    time.move(1)
    expect(await purging).toBe(11)
    expect(asked).toEqual([10, 1])
  })

  it('rests a second at most, also where the clock jumps ahead by an hour', async () => {
    const { time, asked, purge } = tableOf(25, 3_600_000)
    const purging = purgeInTurns(purge, { limit: 11, atOnce: 10, time })
    await turns()
    time.move(1_000)
    expect(await purging).toBe(11)
    expect(asked).toEqual([10, 1])
  })

  it('ends without a rest at its limit, and where nothing is left', async () => {
    const full = tableOf(25, 3)
    expect(await purgeInTurns(full.purge, { limit: 10, atOnce: 10, time: full.time })).toBe(10)
    const empty = tableOf(4, 3)
    expect(await purgeInTurns(empty.purge, { limit: 100, atOnce: 10, time: empty.time })).toBe(4)
  })

  it('ends where it had no turn', async () => {
    const { time } = tableOf(0, 0)
    expect(await purgeInTurns(async () => undefined, { limit: 100, atOnce: 10, time })).toBe(0)
  })
})
