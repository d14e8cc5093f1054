// `npm run bench`: both sides of each benchmark in one run, interleaved, as ratios with their spread.
// `npm run bench -- pipeline sqlite` runs only those; `--short` proves that they run and measures nothing;
// `--rounds N` and `--ms N` set how often and how long each side of a database benchmark runs.
import { parseArgs } from 'node:util'
import { pipeline } from './pipeline/run.mjs'
import { postgres, replay, sqlite } from './stores/run.mjs'
import { verifying } from './verify/run.mjs'

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    ms: { type: 'string', default: '2000' },
  },
})
const isShort = values.short
const rounds = isShort ? { rounds: 1, ms: 300 } : { rounds: Number(values.rounds), ms: Number(values.ms) }

const benchmarks = {
  pipeline: [
    'The pipeline without a store: CPU of the server process',
    () => pipeline(isShort ? { rounds: 2, amount: 500 } : { rounds: 15, amount: 10_000 }),
  ],
  verify: ['Verifying the bookshop on loopback', () => verifying({ rounds: isShort ? 1 : 5 })],
  sqlite: ['SQLite, beside one prepared INSERT', () => sqlite(rounds)],
  postgres: ['PostgreSQL, beside one prepared INSERT', () => postgres(rounds)],
  replay: ['A replay, beside a constant answer', () => replay(rounds)],
}

for (const name of wanted) {
  if (benchmarks[name] === undefined) {
    console.error(`There is no benchmark ${name}; there are: ${Object.keys(benchmarks).join(', ')}.`)
    process.exit(2)
  }
}
for (const [name, [title, run]] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${title}`)
  console.table(await run())
}
// The servers of the benchmarks are gone; what a driver keeps open must not keep this process.
process.exit(0)
