import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv, { type ValidateFunction } from 'ajv'
import Draft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'

const require = createRequire(import.meta.url)
const read = (name: string) => JSON.parse(readFileSync(require.resolve(name), 'utf8'))
// The published schema of SARIF has a pattern that is none under the flag u.
const options = { strict: false, allErrors: true, unicodeRegExp: false }

const sarif = addFormats
  .default(new Draft04.default(options))
  .compile(read('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

const parts = 'afterRequest beforeRequest browser cache content cookie creator entry har header log page pageTimings'
const harAjv = addFormats.default(new Ajv.default(options))
harAjv.addMetaSchema(read('ajv/dist/refs/json-schema-draft-06.json'))
for (const part of `${parts} postData query request response timings`.split(' '))
  harAjv.addSchema(read(`har-schema/lib/${part}.json`))
const har = harAjv.getSchema('har.json#') as ValidateFunction

/** What the official schema of SARIF 2.1.0 objects to. */
export function sarifProblems(value: unknown): string[] {
  return problems(sarif, value)
}

/** What the schema of HAR 1.2 objects to. */
export function harProblems(value: unknown): string[] {
  return problems(har, value)
}

function problems(validate: ValidateFunction, value: unknown): string[] {
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
