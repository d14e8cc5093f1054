// Time and findings beside Schemathesis: the same APIs with one fault each, and the same APIs without it, judged by both in
// turn. What a tool says about the API without the fault is not about the fault.
import { pathToFileURL } from 'node:url'
import { compileScore } from '../../scripts/compile-score.mjs'
import { figureOf, numberOf } from '../figures.mjs'
import { say } from '../say.mjs'
import { installSchemathesis, VERSION } from './install.mjs'
import { runCreateonce } from './run-createonce.mjs'
import { runSchemathesis } from './run-schemathesis.mjs'

const SEED = 1

export async function besideSchemathesis({ faults }) {
  const command = await installSchemathesis()
  const { allTargets } = await import(pathToFileURL(`${compileScore()}/test/score/all-targets.js`).href)
  const { faulty, twins } = chosen(allTargets(), faults)
  const judged = { right: new Map(), faulty: [] }
  for (const [style, target] of twins) {
    judged.right.set(style, await judge(command, target))
    say(`right: ${style}`)
  }
  for (const { target, style } of faulty) {
    const outcome = await judge(command, target)
    const right = judged.right.get(style)
    const own = Object.fromEntries(
      ['theirs', 'ours'].map((tool) => [tool, beyond(outcome[tool].found, right[tool].found)]),
    )
    judged.faulty.push({ name: target.name, outcome, own })
    say(
      `${judged.faulty.length}/${faulty.length} ${target.name}: Schemathesis ${said(own.theirs)} in ${outcome.theirs.seconds.toFixed(1)} s; Createonce ${said(own.ours)} in ${outcome.ours.seconds.toFixed(1)} s`,
    )
  }
  return rowsOf(judged)
}

/** Every fault of the table once, or so many of them, evenly spread: in the first style it is tried in, and that without it. */
function chosen(targets, most) {
  const faulty = []
  const seen = new Set()
  for (const target of targets) {
    const { name, finds } = target
    if (finds.length === 0) continue
    const [, fault, style] = /^(.*) \((.*)\)$/.exec(name) ?? []
    const twin = targets.find((one) => one.name === `right: ${style}`)
    if (twin === undefined || seen.has(fault)) continue
    seen.add(fault)
    faulty.push({ target, style, twin })
  }
  const step = Math.max(1, faulty.length / most)
  const some = faulty.filter((_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step))
  return { faulty: some, twins: new Map(some.map(({ style, twin }) => [style, twin])) }
}

/** Each tool gets the API fresh, so that none meets what the other has left. */
async function judge(command, target) {
  const outcome = {}
  for (const [tool, run] of [
    ['ours', (document, seed) => runCreateonce(document, seed, target.guidelines)],
    ['theirs', (document, seed) => runSchemathesis(command, document, seed)],
  ]) {
    const running = await target.start('own words')
    try {
      outcome[tool] = await run(running.document, SEED)
    } finally {
      await running.close()
    }
  }
  return outcome
}

function rowsOf({ right, faulty }) {
  const found = (tool) => faulty.filter(({ own }) => own[tool].length > 0)
  const missed = found('theirs').filter(({ own }) => own.ours.length === 0)
  for (const { name, own } of missed) say(`found by Schemathesis only: ${name}: ${own.theirs.join('; ')}`)
  const seconds = (tool) => faulty.map(({ outcome }) => outcome[tool].seconds)
  const alarms = (tool) => [...right.values()].filter((one) => one[tool].alarms.size > 0).length
  const row = (tool) => ({
    'faults found': numberOf(found(tool).length, 0),
    'right APIs that fail': numberOf(alarms(tool), 0),
    's an API': figureOf(seconds(tool), 1),
  })
  const ratios = found('theirs').map(({ outcome }) => outcome.theirs.seconds / outcome.ours.seconds)
  return [
    { row: `Schemathesis ${VERSION}`, figures: row('theirs'), facts: counts(right, faulty) },
    {
      row: 'Createonce',
      figures: {
        ...row('ours'),
        'found by Schemathesis only': numberOf(missed.length, 0),
        'times faster where both find': figureOf(ratios.length === 0 ? [0] : ratios, 1),
      },
    },
  ]
}

const counts = (right, faulty) => ({ faulty: faulty.length, right: right.size })
const beyond = (found, known) => [...found].filter((one) => !known.has(one))
const said = (found) => (found.length === 0 ? 'finds nothing' : `finds ${found.length}`)
