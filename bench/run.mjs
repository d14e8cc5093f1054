// `npm run bench`: every benchmark, both sides of each in one run, as ratios. `--short` proves that they run.
import { pipeline } from './pipeline/run.mjs'

const isShort = process.argv.includes('--short')

console.log('The pipeline without a store: CPU of the server process')
console.table(await pipeline(isShort ? { rounds: 3, amount: 1_000 } : { rounds: 40, amount: 3_000 }))
