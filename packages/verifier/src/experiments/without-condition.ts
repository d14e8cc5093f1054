import type { Attempt } from './attempt.ts'
import { footingOf } from './created.ts'
import type { Experiment } from './experiment.ts'
import { requiredHeaders } from './required-parameters.ts'

/** A PUT without the condition that the target or its document demands; undefined where none is demanded. */
export const withoutCondition: Experiment<Attempt | undefined> = {
  name: 'put without the condition that is demanded',
  async run(lab) {
    const footing = await lab.ask(footingOf)
    if (footing.kind === 'impossible') return undefined
    if (footing.unconditional !== undefined) return footing.unconditional
    const isDeclared = requiredHeaders(lab.operation.creation).some(([name]) => /^if-none-match$/i.test(name))
    return isDeclared ? await lab.post({ body: lab.newBody(), bare: true }) : undefined
  },
}
