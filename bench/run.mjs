// `npm run bench`: both sides of each benchmark in one run, interleaved, as ratios with their spread. README.md has the
// options and what the figures mean.
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { benchmarks } from './benchmarks.mjs'
import { columnsOf } from './columns.mjs'
import { judge } from './judge.mjs'
import { readOptions } from './options.mjs'
import { say } from './say.mjs'

const { names, effort, json } = readOrRefuse()
const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, ${process.platform} ${process.arch}`
const results = { machine, effort, benchmarks: [] }

for (const name of names) {
  const { title, run } = benchmarks[name]
  console.log(`\n${title}`)
  const begun = performance.now()
  const rows = judge(name, await run(effort))
  console.table(columnsOf(rows, effort))
  say(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  results.benchmarks.push({ name, title, rows })
  // After each of them: a run takes long, and what is measured is measured.
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(results, undefined, 2)}\n`)
}
// The servers of the benchmarks are gone; what a driver keeps open must not keep this process.
process.exit(0)

function readOrRefuse() {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(error.message)
    process.exit(2)
  }
}
