import type { Attempt } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** Creates with a preference each. */
export interface PreferencesTried {
  readonly unknown: Attempt
  readonly minimal: Attempt
  readonly representation: Attempt
  readonly later: Attempt
}

/** Creates with `Prefer`: a preference that nobody knows, and those that RFC 7240 defines for creation. */
export const preferences: Experiment<PreferencesTried> = {
  name: 'create with preferences',
  async run(lab) {
    await lab.ask(created)
    const prefer = (value: string) => lab.post({ body: lab.newBody(), headers: [['Prefer', value]] })
    return {
      unknown: await prefer('createonce-unknown'),
      minimal: await prefer('return=minimal'),
      representation: await prefer('return=representation'),
      later: await prefer('respond-async'),
    }
  },
}
