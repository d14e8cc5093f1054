import { parseArgs } from 'node:util'
import { benchmarks } from './benchmarks.mjs'

const number = { type: 'string' }

// What is measured with, and what only shows that all of it runs.
const FULL = { rounds: 7, ms: 2_000, warmRequests: 10_000, costRounds: 15, costAmount: 10_000, verifications: 5 }
const SHORT = { rounds: 1, ms: 100, warmRequests: 100, costRounds: 1, costAmount: 300, verifications: 1 }
const MANY = { records: 10_000_000, creations: 1_000_000, faults: 1_000 }
const FEW = { records: 2_000, creations: 500, faults: 2 }

/** Reads the command line: which benchmarks, with what effort, and the file for the results. Throws where it is wrong. */
export function readOptions(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      rounds: number,
      ms: number,
      records: number,
      creations: number,
      faults: number,
      json: { type: 'string' },
    },
  })
  for (const name of positionals) {
    if (benchmarks[name] !== undefined) continue
    throw new Error(`There is no benchmark ${name}; there are: ${Object.keys(benchmarks).join(', ')}.`)
  }
  const isShort = values.short
  const effort = { isShort, ...(isShort ? { ...SHORT, ...FEW } : { ...FULL, ...MANY }) }
  for (const name of ['rounds', 'ms', 'records', 'creations', 'faults']) {
    if (values[name] !== undefined) effort[name] = readNumber(name, values[name])
  }
  if (values.rounds !== undefined) effort.costRounds = effort.rounds
  const isWanted = (name) =>
    positionals.length > 0 ? positionals.includes(name) : isShort || !benchmarks[name].onlyNamed
  return { names: Object.keys(benchmarks).filter(isWanted), effort, json: values.json }
}

function readNumber(name, text) {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${name} is a whole number above 0; seen: ${text}.`)
}
