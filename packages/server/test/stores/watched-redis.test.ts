import { expect, it } from 'vitest'
import type { StoreEvent } from '../../src/index.ts'
import { watchStore } from '../../src/observe/watch-store.ts'
import { askUntilKnown } from '../../src/stores/redis/ask-until-known.ts'
import { manualTime } from '../../src/testing/manual-time.ts'
import { movingOn } from './open-sqlite.ts'

it('a question to Redis that is asked again is told of: an answer that was lost, and a server that is not ready', async () => {
  const events: StoreEvent[] = []
  const time = manualTime()
  const watch = watchStore({ store: (event) => void events.push(event) }, 'redis')
  const answers = [new Error('Connection is closed.'), new Error('LOADING Redis is loading'), 'known']
  const asking = askUntilKnown(
    async () => {
      const answer = answers.shift()!
      if (answer instanceof Error) throw answer
      return answer
    },
    { time, random: () => 1, answerMs: 1_000, patienceMs: 5_000, watch },
  )
  expect(await movingOn(time, asking)).toBe('known')
  expect(events).toEqual([
    { kind: 'retry', store: 'redis', reason: 'answer-lost' },
    { kind: 'retry', store: 'redis', reason: 'busy' },
  ])
})
