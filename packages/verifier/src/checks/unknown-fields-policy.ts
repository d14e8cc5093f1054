import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { accepted, refused } from '../experiments/attempt.ts'
import { type UnknownMemberTried, unknownMembers } from '../experiments/unknown-members.ts'
import { unknownMembersIn } from '../target/unknown-members-in.ts'
import type { Check } from './check.ts'

/** What the API does not know it refuses or ignores. */
export const unknownFieldsPolicy: Check = {
  id: 'unknown-fields-policy',
  group: 'validation',
  title: 'Unknown members are refused or ignored, never stored',
  level: 'note',
  basis: 'convention',
  source: 'OData 4.01 §11.4.2; Zalando #108, #111; OWASP API3:2023',
  methods: ['POST', 'PUT'],
  async run(ask, { creation, schemaIsGuess }) {
    const said = unknownMembersIn(creation.body?.schema ?? {})
    if (said === 'welcome') return skip('the document allows any member')
    const tried = await ask(unknownMembers)
    if (tried.length === 0) return skip('the body is no JSON object')
    const evidence = tried.flatMap(({ attempt, read }) => [attempt, ...(read?.kind === 'read' ? [read.answer] : [])])
    const fix =
      'Take from the body what the schema declares, and choose one policy for the rest: refuse with 4xx (additionalProperties: false), or ignore.'
    const broken = tried.find(({ attempt }) => attempt.status >= 500)
    if (broken !== undefined) {
      return fail({
        message: `A valid body with a member that the document does not have (${broken.name}) answers ${broken.attempt.status}; it is refused with 4xx, or ignored.`,
        fix,
        evidence: [broken.attempt],
      })
    }
    const kept = tried.find(isShown)
    if (kept !== undefined) {
      return fail({
        message: `A member that the document does not have (${kept.name}) was accepted with ${kept.attempt.status} and is shown again: whatever a client sends is stored or echoed.`,
        fix,
        evidence,
      })
    }
    if (tried.some(({ attempt }) => refused(attempt))) return pass(...evidence)
    if (said === 'forbidden' && !schemaIsGuess) {
      return fail({
        message:
          'The document says additionalProperties: false, and a member that it does not have is accepted and ignored.',
        fix: 'Refuse unknown members as the document says, or drop additionalProperties: false from it.',
        evidence,
      })
    }
    return tried.some(({ read }) => read?.kind === 'read')
      ? pass(...evidence)
      : inconclusive('unknown members are accepted, and nothing shows whether they are stored', ...evidence)
  },
}

/** By a read, where there is one: an answer that only echoes what came in is another check's matter. */
function isShown({ value, attempt, read }: UnknownMemberTried): boolean {
  if (!accepted(attempt)) return false
  const shown = read?.kind === 'read' ? read.answer : attempt.answer
  return shown.response.body.includes(value)
}
