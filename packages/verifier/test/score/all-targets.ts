import { masquerade, plain } from '../targets/bookshop.ts'
import { startApi } from '../targets/create-api.ts'
import { allFaults } from '../targets/faults/all-faults.ts'
import { flaws } from '../targets/flaws.ts'
import { pythonTargets } from '../targets/python/python-targets.ts'
import { start } from '../targets/styles/start.ts'
import { type Style, withOtherIds } from '../targets/styles/style.ts'
import { styles } from '../targets/styles/styles.ts'
import { otherWords, plainWords } from '../targets/styles/words.ts'
import type { Copy, ScoreTarget } from './target.ts'

/** Every target: the correct ones first. */
export function allTargets(): readonly ScoreTarget[] {
  return [...styles.map(correct), ...byGuidelines(), ...flawed(), ...bookshops(), ...pythonTargets()]
}

const startIn = (own: Style, fault: Parameters<typeof start>[2]) => (copy: Copy) =>
  copy === 'own words' ? start(own, plainWords, fault) : start(withOtherIds(own), otherWords, fault)

function correct(own: Style): ScoreTarget {
  return { name: `right: ${own.name}`, finds: [], also: [], start: startIn(own, {}) }
}

/** Styles that are right by guidelines too. */
function byGuidelines(): ScoreTarget[] {
  const names = { Zalando: 'zalando', 'JSON:API': 'json-api' } as const
  return styles.flatMap((own) => {
    const guidelines = names[own.name as keyof typeof names]
    return guidelines === undefined
      ? []
      : [{ ...correct(own), name: `right: ${own.name} by its guidelines`, guidelines }]
  })
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
        ...(fault.guidelines === undefined ? {} : { guidelines: fault.guidelines }),
        start: (copy: Copy) => startIn(own, fault.decisions())(copy),
        operations: (copy: Copy) => [`add-${(copy === 'own words' ? plainWords : otherWords).collection}`],
      }
    }),
  )
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
