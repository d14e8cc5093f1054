import type { Check } from '../../checks/check.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../../evidence/verdict.ts'
import { allAnswers, type NamedAnswer } from '../../experiments/all-answers.ts'
import type { Ask } from '../../experiments/experiment.ts'

const common = {
  group: 'operations',
  level: 'error',
  basis: 'derived',
  methods: ['POST', 'PUT'],
} as const

/** The steps of a run that only reads. */
export const readingSteps: readonly Check[] = [
  {
    ...common,
    id: 'list',
    title: 'The collection can be read',
    source: 'RFC 9110 §9.3.1, §15.6',
    run: (ask) => judgeRead(ask, 'a read of the collection', 'the document has no list of it'),
  },
  {
    ...common,
    id: 'read',
    title: 'A resource of the collection can be read',
    source: 'RFC 9110 §9.3.1, §15.6',
    run: (ask) => judgeRead(ask, 'a read of what exists', 'no list shows one that could be read'),
  },
  {
    ...common,
    id: 'unknown',
    title: 'What nobody created is not there',
    source: 'RFC 9110 §15.5.5, §15.6',
    async run(ask) {
      const answer = await answerTo(ask, 'a read of something unknown')
      if (answer === undefined) return skip('the document has no operation that reads one')
      const { status } = answer.response
      if (status >= 400 && status < 500) return pass(answer)
      if (status < 400) return inconclusive(`a read of what nobody created answered ${status}`, answer)
      return broken('a read of something unknown', answer)
    },
  },
]

async function answerTo(ask: Ask, to: string): Promise<NamedAnswer['answer'] | undefined> {
  return (await ask(allAnswers)).find((one) => one.to === to)?.answer
}

async function judgeRead(ask: Ask, to: string, otherwise: string): Promise<Verdict> {
  const answer = await answerTo(ask, to)
  if (answer === undefined) return skip(otherwise)
  const { status } = answer.response
  if (status >= 200 && status < 300) return pass(answer)
  return status >= 500 ? broken(to, answer) : inconclusive(`${to} answered ${status}`, answer)
}

function broken(to: string, answer: NamedAnswer['answer']): Verdict {
  return fail({
    message: `${to[0]?.toUpperCase()}${to.slice(1)} answered ${answer.response.status}.`,
    fix: 'Look at the log of the service for this request.',
    evidence: [answer],
  })
}
