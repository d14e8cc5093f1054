import { expect, it } from 'vitest'
// @ts-expect-error: a script, without types
import { readOptions } from '../../scripts/crash/options.mjs'

interface Options {
  readonly kills: number
  readonly stores: readonly string[] | undefined
  readonly seed: number
  readonly resume: boolean
  readonly fault: string | undefined
}

const read = (...args: string[]): Options =>
  readOptions(args, { stores: ['sqlite', 'postgres'], faults: ['forgets the key'] })

it('reads what a run is asked for', () => {
  expect(read('--kills', '5', '--store', 'postgres,sqlite', '--seed', '7', '--resume')).toEqual({
    kills: 5,
    stores: ['postgres', 'sqlite'],
    seed: 7,
    resume: true,
    fault: undefined,
  })
  expect(read()).toMatchObject({ kills: 200, stores: undefined, resume: false })
})

it.each([
  [['--kill', '5'], "Unknown option '--kill'. Possible are:\n  --kills N"],
  [['crash'], "Unexpected argument 'crash'. Possible are:"],
  [['--kills', '0'], '--kills is a whole number from 1; seen: 0.'],
  [['--kills', 'many'], '--kills is a whole number from 1; seen: many.'],
  [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
  [['--store', 'mysql'], '--store is sqlite, postgres; seen: mysql.'],
  [['--fault', 'none'], '--fault is forgets the key; seen: none.'],
])('refuses %j and says what is possible', (args, message) => {
  expect(() => read(...args)).toThrow(message)
})
