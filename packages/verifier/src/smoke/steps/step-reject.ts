import type { Check } from '../../checks/check.ts'
import { isLenient } from '../../evidence/is-lenient.ts'
import { fail, inconclusive, pass, skip } from '../../evidence/verdict.ts'
import type { InvalidBody } from '../../experiments/bodies.ts'
import { created } from '../../experiments/created.ts'
import type { Experiment } from '../../experiments/experiment.ts'
import type { InvalidTried } from '../../experiments/invalid-bodies.ts'

/** One request that the document forbids, the most telling one that there is. */
const rejected: Experiment<InvalidTried | undefined> = {
  name: 'send one body that breaks the schema',
  async run(lab) {
    await lab.ask(created)
    const violation = lab.bodies.invalid(lab.likeAccepted).find((one: InvalidBody) => !isLenient(one))
    return violation === undefined ? undefined : { violation, tried: await lab.tryPost({ body: violation.body }) }
  },
}

/** Invalid input is told to the client, and not stored. */
export const stepReject: Check = {
  id: 'reject',
  group: 'validation',
  title: 'Invalid input is refused with 4xx',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.5, §15.5.1; Azure http-parameter-validation',
  methods: ['POST', 'PUT'],
  confirmations: 0,
  async run(ask, { schemaIsGuess }) {
    const sent = await ask(rejected)
    if (sent === undefined) return skip('the schema has no rule that could be broken')
    const { violation, tried } = sent
    if (tried.kind === 'unanswered')
      return inconclusive(`an invalid body (${violation.name}) was not answered`, tried.exchange)
    const { status } = tried.attempt
    if (status >= 400 && status < 500) return pass(tried.exchange)
    if (status === 202)
      return inconclusive('invalid input is accepted with 202, and its end was not looked for', tried.exchange)
    return fail({
      message: `A body that ${schemaIsGuess ? 'does not look like the example' : "breaks the document's own schema"} (${violation.name}) was answered ${status}.`,
      fix: 'Validate the body against the schema before it is used, and answer 400 or 422 naming every violation.',
      evidence: [tried.exchange],
      ...(schemaIsGuess && { level: 'warning' as const }),
    })
  },
}
