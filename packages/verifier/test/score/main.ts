import { parseArgs } from 'node:util'
import { allTargets } from './all-targets.ts'
import { type Judged, judgeTarget } from './judge-target.ts'
import { sample } from './sample.ts'
import type { Copy } from './target.ts'
import { toTable } from './to-table.ts'

const usage = `npm run score -- [--short] [--only TEXT] [--seed N] [--at-once N]
  --short      a seeded sample: enough to notice in CI that something broke
  --only TEXT  the targets whose name, or one of whose checks, contains it
  --seed N     what the sample and the generated values depend on (default 1)
  --at-once N  targets that are judged side by side (default 2)`

// How many correct and how many flawed copies the short form takes: about half a minute on two cores.
const short = { correct: 14, flawed: 40 }

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '2' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(`${usage}\n`)
else await main()

async function main(): Promise<void> {
  const seed = Number(values.seed)
  const only = values.only ?? ''
  const targets = allTargets().filter(({ name, finds }) => [name, ...finds].some((text) => text.includes(only)))
  const copies = targets.flatMap((target) =>
    (['own words', 'other words'] as const).map((copy: Copy) => ({ target, copy })),
  )
  const chosen = values.short
    ? [
        ...sample(
          copies.filter(({ target }) => target.finds.length === 0),
          short.correct,
          seed,
        ),
        ...sample(
          copies.filter(({ target }) => target.finds.length > 0),
          short.flawed,
          seed,
        ),
      ]
    : copies
  const waiting = [...chosen]
  const judged: Judged[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = await judgeTarget(next.target, next.copy, seed)
      judged.push(one)
      const isGood = one.missed.length + one.falseAlarms.length + one.unjudged.length === 0
      process.stderr.write(
        `${String(judged.length).padStart(4)}/${chosen.length} ${isGood ? 'ok ' : 'BAD'} ${next.target.name}, in ${next.copy} (${one.requests} requests, ${(one.ms / 1000).toFixed(2)} s)\n`,
      )
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Number(values['at-once'])) }, lane))
  const score = toTable(judged)
  process.stdout.write(`${score.table}\n`)
  process.exitCode = score.isGood ? 0 : 1
}
