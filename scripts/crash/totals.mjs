import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const FOLDER = '.createonce'
const FILE = `${FOLDER}/crash.json`

/**
 * What was seen by all runs so far, by store and kind: `{ sqlite: { kills: { 'server killed': 3 }, creations: {…} } }`.
 * Empty where nothing is kept, or where it was written in another form.
 */
export function readTotals() {
  try {
    const { version, stores } = JSON.parse(readFileSync(FILE, 'utf8'))
    return version === 2 ? stores : {}
  } catch {
    return {}
  }
}

/** Adds what one run saw, and keeps it. */
export function addToTotals(stores, store, seen) {
  const total = stores[store] ?? {}
  stores[store] = Object.fromEntries(
    Object.entries(seen).map(([group, counts]) => [group, sumOf(total[group] ?? {}, counts)]),
  )
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, `${JSON.stringify({ version: 2, stores }, undefined, 2)}\n`)
}

function sumOf(one, other) {
  const sum = { ...one }
  for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
