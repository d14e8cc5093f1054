import { listed } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { created, createdRead } from '../experiments/created.ts'
import { isObject, stringsWithin } from '../experiments/json-node.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import { wordsOf } from '../target/words.ts'
import type { Check } from './check.ts'

/** What a client sends as a secret is for the server alone. */
export const secretNotEchoed: Check = {
  id: 'secret-not-echoed',
  group: 'security',
  title: 'Passwords that were sent are in no answer',
  level: 'warning',
  basis: 'guideline',
  source: 'OWASP API3:2023; OpenAPI 3.0 writeOnly, 3.1 (JSON Schema validation §9.4)',
  async run(ask, { creation }) {
    const create = await ask(created)
    const schema = creation.body?.schema ?? {}
    const { properties } = effectiveSchema(schema, schema)
    const sent = isObject(create.body) ? create.body : {}
    const names = Object.entries(isObject(properties) ? properties : {})
      .filter(([name, property]) => isSecret(name, effectiveSchema(property, schema)))
      .map(([name]) => name)
      // A short word may be in an answer for another reason.
      .filter((name) => typeof sent[name] === 'string' && (sent[name] as string).length >= 6)
    if (names.length === 0) return skip('the body has no password and no member that is writeOnly')
    const read = await ask(createdRead)
    const answers = [
      { to: 'the create', answer: create.answer, json: create.json },
      ...(read.kind === 'read' ? [{ to: 'a read', answer: read.answer, json: read.json }] : []),
    ]
    const shown = answers.flatMap((one) => {
      const strings = stringsWithin(one.json)
      return names.filter((name) => strings.includes(sent[name] as string)).map((name) => ({ ...one, name }))
    })
    if (shown.length === 0) return pass(...answers.map(({ answer }) => answer))
    return fail({
      message: `${listed([...new Set(shown.map(({ name }) => name))])} comes back as it was sent, in the answer to ${listed([...new Set(shown.map(({ to }) => to))])}: it is in every log and cache that keeps answers.`,
      fix: 'Show resources by a list of members that may be seen, and keep passwords only as a slow hash.',
      evidence: shown.map(({ answer }) => answer),
    })
  },
}

const secretWords: ReadonlySet<string> = new Set(['password', 'passwd', 'passphrase'])

/** By its schema, or by a name that means nothing else; what a `token` or a `secret` is, no name tells. */
function isSecret(name: string, schema: Readonly<Record<string, unknown>>): boolean {
  return schema['writeOnly'] === true || schema['format'] === 'password' || secretWords.has(wordsOf(name).at(-1) ?? '')
}
