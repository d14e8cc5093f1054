// Serves every OpenAPI document that it is given, each by a `createonce serve` of its own, and verifies it with
// everything on: what we serve, our own judge has to find without fault. Prints a row for each document.
//
//   npm run corpus -- DIR|FILE…
//   npm run corpus -- DIR --only petstore    (documents with that in their name)
//   npm run corpus -- DIR --most 5           (judges at most five creations of each, from the first to the last)
//   npm run corpus -- DIR --json FILE        (writes what was seen, with every reason and every finding)
//   npm run corpus -- DIR --jobs 1           (so many documents at once; 2 without it)
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findDocuments } from './corpus/find-documents.mjs'
import { evidenceOf, headLine, sumLine, toLine, whyNot } from './corpus/rows.mjs'
import { tryDocument } from './corpus/try-document.mjs'

// A kill and a start for each creation take long, and what they show does not depend on the document.
const WITH_CRASH = 2

const { values, positionals: places } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    most: { type: 'string' },
    json: { type: 'string' },
    jobs: { type: 'string', default: '2' },
  },
})
const [jobs, most] = [values.jobs, values.most ?? 'Infinity'].map(Number)
if (places.length === 0) fail('Say which documents: npm run corpus -- DIR|FILE…')
for (const place of places.filter((one) => !existsSync(one))) fail(`There is no ${place}.`)
if (!(jobs >= 1 && most >= 1)) fail('--jobs and --most take a number from 1 on.')
const documents = findDocuments(places).filter(
  ({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
)
if (documents.length === 0) fail(`There is no OpenAPI document in ${places.join(', ')} by these names.`)

const rows = []
let crashesLeft = WITH_CRASH
console.log(headLine())
const waiting = [...documents]
await Promise.all(
  Array.from({ length: jobs }, async () => {
    for (let document = waiting.shift(); document !== undefined; document = waiting.shift()) {
      const row = await tryDocument(document, { most, takeCrash: () => crashesLeft-- > 0 })
      rows.push(row)
      console.log([toLine(row), ...whyNot(row), ...evidenceOf(row)].join('\n'))
    }
  }),
)
console.log(sumLine(rows))
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
const wrong = rows.filter(({ failures }) => failures.length > 0)
console.log(`\n${rows.length - wrong.length} of ${rows.length} documents are served without fault.`)
process.exitCode = wrong.length === 0 ? 0 : 1

function fail(text) {
  console.error(`corpus: ${text}`)
  process.exit(2)
}
