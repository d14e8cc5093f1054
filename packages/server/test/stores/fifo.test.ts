import { describe, expect, it } from 'vitest'
import { createFifo } from '../../src/stores/fifo.ts'
import { createGate } from '../../src/testing/gate.ts'

const FULL = { kind: 'full' }
const ran = (value: string) => ({ kind: 'ran', value })

describe('a queue', () => {
  it('runs one after the other, in the order of arrival', async () => {
    const queue = createFifo(10)
    const seen: string[] = []
    const step = (name: string) =>
      queue.run(async () => {
        seen.push(`${name} begins`)
        await Promise.resolve()
        seen.push(`${name} ends`)
      })
    await Promise.all([step('a'), step('b')])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('takes as many behind the running one as its limit says, and has room again when they have ended', async () => {
    const queue = createFifo(2)
    const gate = createGate()
    const running = queue.run(async () => {
      await gate.opened
      return 'first'
    })
    const waiting = [queue.run(async () => 'second'), queue.run(async () => 'third')]
    expect(await queue.run(async () => 'never')).toEqual(FULL)
    gate.open()
    expect(await Promise.all([running, ...waiting])).toEqual(['first', 'second', 'third'].map(ran))
    expect(await queue.run(async () => 'later')).toEqual(ran('later'))
  })

  it('gives the error of a task to its own caller, and its place back', async () => {
    const queue = createFifo(0)
    const fault = new Error('no')
    await expect(queue.run(() => Promise.reject(fault))).rejects.toBe(fault)
    expect(await queue.run(async () => 'next')).toEqual(ran('next'))
  })

  it('is idle when all that was waiting has ended', async () => {
    const queue = createFifo(10)
    let ended = 0
    for (let index = 0; index < 3; index++) {
      void queue.run(async () => {
        await Promise.resolve()
        ended += 1
      })
    }
    await queue.idle()
    expect(ended).toBe(3)
  })
})
