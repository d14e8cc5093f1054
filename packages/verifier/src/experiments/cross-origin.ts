import type { Attempt } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** An origin that a browser could send, and that nobody has. */
const strangeOrigin = 'https://createonce.example'

/** A create as a page of another origin would send it. */
export const crossOrigin: Experiment<Attempt> = {
  name: 'create from a page of another origin',
  async run(lab) {
    await lab.ask(created)
    return await lab.post({ body: lab.newBody(), headers: [['Origin', strangeOrigin]] })
  },
}
