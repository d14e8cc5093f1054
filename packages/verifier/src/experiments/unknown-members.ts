import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** A valid body with one member that no schema has, and what became of it. */
export interface UnknownMemberTried {
  readonly name: string
  readonly value: string
  readonly attempt: Attempt
  readonly read?: ReadBack
}

/** Two creates that each send a member of their own which the API cannot know; none where bodies are no objects. */
export const unknownMembers: Experiment<readonly UnknownMemberTried[]> = {
  name: 'send members that the API does not know',
  async run(lab) {
    await lab.ask(created)
    const outcomes: UnknownMemberTried[] = []
    for (let n = 0; n < 2; n++) {
      const body = lab.newBody()
      if (!isObject(body)) return []
      const [name, value] = [`unknown${lab.bodies.token(8)}`, `planted-${lab.bodies.token(12)}`]
      const attempt = await lab.post({ body: { ...body, [name]: value } })
      const read = accepted(attempt) ? await readBack(lab, attempt) : undefined
      outcomes.push({ name, value, attempt, ...(read === undefined ? {} : { read }) })
    }
    return outcomes
  },
}
