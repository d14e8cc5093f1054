// Verifies real open-source APIs: each is installed from its registry in an exact version into a temporary folder,
// started on loopback, verified, and stopped. A recipe in recipes/ says how. Prints a row per verification; what is
// found is no failure of this command, only what could not be installed, started or judged is.
//
//   npm run real-apis                        (says which there are)
//   npm run real-apis -- kinto pocketbase
//   npm run real-apis -- kinto --keep        (goes on serving, to try by hand what was found, until Ctrl-C)
//   npm run real-apis -- kinto --reports DIR (writes the JSON reports there)
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fill } from './fill.mjs'
import { install } from './install.mjs'
import { readRecipe, recipeNames } from './read-recipe.mjs'
import { rowOf, toTable } from './rows.mjs'
import { start } from './start.mjs'
import { verify } from './verify.mjs'

// Each service that was started is killed at the exit, and there may be more than ten.
process.setMaxListeners(0)

const interrupted = new Promise((done) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => done(signal))
})

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, reports: { type: 'string' } },
})
const unknown = names.filter((name) => !recipeNames().includes(name))
if (names.length === 0 || unknown.length > 0) {
  if (unknown.length > 0) console.error(`real-apis: there is no recipe for ${unknown.join(', ')}.`)
  console.error(`Which of them? ${recipeNames().join(' ')}`)
  process.exit(2)
}

const rows = []
let isComplete = true
for (const name of names) {
  try {
    rows.push(...(await Promise.race([tryOut(readRecipe(name)), interrupted.then(stopped)])))
  } catch (error) {
    isComplete = false
    console.error(`real-apis: ${name}: ${error.message}`)
  }
}
console.log(toTable(rows))
process.exit(isComplete && rows.every(({ exit }) => exit < 2) ? 0 : 1)

async function tryOut(recipe) {
  console.error(`real-apis: ${recipe.name} ${recipe.version}: installing`)
  const places = await install(recipe)
  const folder = mkdtempSync(join(tmpdir(), `createonce-${recipe.name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const service = await start(recipe, places, folder)
  try {
    const reports = resolve(values.reports ?? folder)
    mkdirSync(reports, { recursive: true })
    const made = []
    for (const [index, { what, args }] of recipe.verify.entries()) {
      console.error(`real-apis: ${recipe.name}: verifying ${what}`)
      const file = join(reports, `${recipe.name}-${index + 1}.json`)
      made.push(rowOf(recipe, what, await verify(fill(args, service.values), file)))
    }
    if (values.keep) await keepServing(service, made)
    return made
  } finally {
    await service.stop()
  }
}

async function keepServing(service, made) {
  console.log(toTable(made))
  console.log(`still serving; Ctrl-C stops it. Known: ${JSON.stringify(service.values)}`)
  await interrupted
}

function stopped(signal) {
  if (values.keep) return new Promise(() => {})
  throw new Error(`ended by ${signal}`)
}
