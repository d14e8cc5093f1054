import type { NamedAnswer } from './all-answers.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { listAnswer } from './list-answer.ts'

/** The answers to a create, to a read of what it made and to its list, as far as there are any. */
export const givenAnswers: Experiment<readonly Pick<NamedAnswer, 'to' | 'answer'>[]> = {
  name: 'create, read and list',
  async run(lab) {
    const create = { to: 'the create', answer: (await lab.ask(created)).answer }
    const read = await lab.ask(createdRead)
    const list = await lab.ask(listAnswer)
    return [
      create,
      ...(read.kind === 'read' ? [{ to: 'a read', answer: read.answer }] : []),
      ...(list === undefined ? [] : [{ to: 'a list', answer: list }]),
    ]
  },
}
