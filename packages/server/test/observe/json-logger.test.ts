import { expect, it } from 'vitest'
import { jsonLogger } from '../../src/observe/index.ts'

const lines: string[] = []
const logger = jsonLogger({ write: (line) => void lines.push(line), time: { now: () => 1_000 } })

it('writes one object a line, in the shape of pino', () => {
  logger.warn({ event: 'creation.mismatch', status: 422 }, 'creation.mismatch')
  expect(lines.splice(0)).toEqual([
    '{"level":40,"time":1000,"event":"creation.mismatch","status":422,"msg":"creation.mismatch"}\n',
  ])
})

it('writes an error with its class, message, stack, code and causes', () => {
  const cause = Object.assign(new RangeError('inner'), { code: 'E1' })
  logger.error({ err: new TypeError('outer', { cause }) })
  expect(JSON.parse(lines.splice(0)[0]!)).toMatchObject({
    level: 50,
    err: {
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('at '),
      cause: { type: 'RangeError', message: 'inner', code: 'E1' },
    },
  })
})

it('leaves nothing in a line that ends it early or that a terminal obeys', () => {
  logger.info({ requestId: 'a\nb\u2028c\u009b2Jd\u001b[2J' })
  const [line] = lines.splice(0)
  expect([...line!.slice(0, -1)].filter((one) => /[\p{Cc}\u2028\u2029]/u.test(one))).toEqual([])
  expect(JSON.parse(line!)).toMatchObject({ requestId: 'a\nb\u2028c\u009b2Jd\u001b[2J' })
})
