import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Draft } from './lab.ts'

/** A PUT to what exists that is refused for a reason of its own, and the same with a condition that is false. */
export interface RefusedTwice {
  readonly name: string
  readonly plain: Attempt
  readonly conditional: Attempt
}

// What is decided before the content is looked at; 400 and 422 are about the content (RFC 9110 §13.2.1).
const early = [401, 403, 404, 405, 411, 413, 414, 415]

/** Requests that cannot succeed whatever is there, without and with `If-None-Match: *`. */
export const conditionsAndChecks: Experiment<readonly RefusedTwice[]> = {
  name: 'send a false condition with what is refused anyhow',
  async run(lab) {
    const { name } = await lab.ask(created)
    if (name === undefined) return []
    const drafts: { name: string; draft: Partial<Draft> }[] = [
      { name: 'content of an unknown type', draft: { mediaType: 'application/x-createonce-unknown' } },
      ...(lab.principals.nobody === undefined
        ? []
        : [{ name: 'missing credentials', draft: { as: 'nobody' } as const }]),
    ]
    const outcomes: RefusedTwice[] = []
    for (const { name: what, draft } of drafts) {
      const send = (more: Partial<Draft>) =>
        lab.post({ body: lab.newBody({ name }), name, bare: true, ...draft, ...more })
      const plain = await send({})
      if (accepted(plain) || !early.includes(plain.status)) continue
      outcomes.push({ name: what, plain, conditional: await send({ headers: [['If-None-Match', '*']] }) })
    }
    return outcomes
  },
}
