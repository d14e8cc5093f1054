import { masquerade, plain } from '../targets/bookshop.ts'
import { startApi } from '../targets/create-api.ts'
import { allFaults } from '../targets/faults/all-faults.ts'
import { flaws } from '../targets/flaws.ts'
import type { PutDecisions } from '../targets/put/put-decisions.ts'
import { putFaultList } from '../targets/put/put-faults.ts'
import { type PutStyle, putStyles, withOtherNames } from '../targets/put/put-style.ts'
import { otherPutWords, putWords } from '../targets/put/put-words.ts'
import { startPut } from '../targets/put/start-put.ts'
import { pythonTargets } from '../targets/python/python-targets.ts'
import { start } from '../targets/styles/start.ts'
import { type Style, withOtherIds } from '../targets/styles/style.ts'
import { styles } from '../targets/styles/styles.ts'
import { otherWords, plainWords } from '../targets/styles/words.ts'
import { guardedTargets } from './guarded-targets.ts'
import type { Copy, ScoreTarget } from './target.ts'

/** Every target: the correct ones first. */
export function allTargets(): readonly ScoreTarget[] {
  return [...styles.map(correct), ...flawed(), ...bookshops(), ...guardedTargets(), ...byPut(), ...pythonTargets()]
}

const startIn = (own: Style, fault: Parameters<typeof start>[2]) => (copy: Copy) =>
  copy === 'own words' ? start(own, plainWords, fault) : start(withOtherIds(own), otherWords, fault)

function correct(own: Style): ScoreTarget {
  return { name: `right: ${own.name}`, finds: [], also: [], start: startIn(own, {}) }
}

function flawed(): ScoreTarget[] {
  return allFaults.flatMap((fault) =>
    fault.styles.map((name) => {
      const own = styles.find((one) => one.name === name)
      if (own === undefined) throw new Error(`no style is named ${name} (fault: ${fault.name})`)
      return {
        name: `${fault.name} (${name})`,
        finds: fault.finds,
        also: fault.also,
        start: (copy: Copy) => startIn(own, fault.decisions())(copy),
        operations: (copy: Copy) => [`add-${(copy === 'own words' ? plainWords : otherWords).collection}`],
      }
    }),
  )
}

const startPutIn = (own: PutStyle, fault: Partial<PutDecisions>) => (copy: Copy) =>
  copy === 'own words' ? startPut(own, putWords, fault) : startPut(withOtherNames(own), otherPutWords, fault)

function byPut(): ScoreTarget[] {
  const right = putStyles.map((own) => ({
    name: `right: ${own.name}`,
    finds: [],
    also: [],
    start: startPutIn(own, {}),
  }))
  const wrong = putFaultList.flatMap(({ name, finds, also, styles: names, decisions }) =>
    names.map((where) => {
      const own = putStyles.find((one) => one.name === where)
      if (own === undefined) throw new Error(`no style is named ${where} (fault: ${name})`)
      return { name: `${name} (${where})`, finds, also, start: (copy: Copy) => startPutIn(own, decisions())(copy) }
    }),
  )
  return [...right, ...wrong]
}

function bookshops(): ScoreTarget[] {
  const disguises = { 'own words': plain, 'other words': masquerade }
  return flaws.map(({ name, check, companions = [], hooks, operation }) => ({
    name: `${name} (bookshop)`,
    finds: [check],
    also: companions,
    start: (copy) => startApi(hooks(), disguises[copy]),
    operations: (copy) => [`create-${disguises[copy].paths[operation]}`],
  }))
}
