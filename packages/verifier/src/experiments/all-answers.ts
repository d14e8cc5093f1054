import { type Answer, isAnswer } from '../exchange/exchange.ts'
import type { Tried } from './attempt.ts'
import { created, createdAgain, createdRead } from './created.ts'
import { errorThenCorrected } from './error-then-corrected.ts'
import type { Experiment } from './experiment.ts'
import { invalidBodies } from './invalid-bodies.ts'
import { keyReuse } from './key-reuse.ts'
import { keySpellings } from './key-spellings.ts'
import type { Lab } from './lab.ts'
import { malformedBodies } from './malformed-bodies.ts'
import { mediaTypes } from './media-types.ts'
import { missingKey } from './missing-key.ts'
import { missingParent } from './missing-parent.ts'
import { otherMethod } from './other-method.ts'
import { sameBodyTwice } from './same-body-twice.ts'
import { takesKeys } from './takes-keys.ts'

/** One answer that the target gave, and to what. */
export interface NamedAnswer {
  readonly to: string
  readonly answer: Answer
}

/** The answers to everything that is not a race, for the checks that judge answers whatever was asked. */
export const allAnswers: Experiment<readonly NamedAnswer[]> = {
  name: 'collect the answers of the run',
  async run(lab) {
    const named: NamedAnswer[] = []
    const add = (to: string, ...answers: readonly Answer[]) => named.push(...answers.map((answer) => ({ to, answer })))
    const addTried = (to: string, tried: Tried) => tried.kind === 'answered' && add(to, tried.exchange)
    add('a valid create', (await lab.ask(created)).answer, (await lab.ask(createdAgain)).answer)
    const read = await lab.ask(createdRead)
    if (read.kind === 'read') add('a read', read.answer)
    for (const { violation, tried } of await lab.ask(invalidBodies))
      addTried(`an invalid body (${violation.name})`, tried)
    for (const { name, tried } of await lab.ask(malformedBodies)) addTried(`malformed content (${name})`, tried)
    for (const { label, tried } of await lab.ask(mediaTypes)) addTried(`content as ${label}`, tried)
    // A PATCH on what a PUT created would change it, and the same body again replaces it.
    if (lab.operation.creation.method === 'POST') {
      const patch = await lab.ask(otherMethod)
      if (isAnswer(patch)) add('PATCH on the collection', patch)
      const twice = await lab.ask(sameBodyTwice)
      add('the same body again', twice.second.answer)
    }
    const parent = await lab.ask(missingParent)
    if (parent.kind === 'tried') addTried('a create below an unknown parent', parent.tried)
    add('a read of something unknown', ...(await unknownRead(lab)))
    if (takesKeys(lab.operation) && lab.operation.creation.method === 'POST') await addKeyed(lab, add)
    return named
  },
}

async function unknownRead(lab: Lab): Promise<Answer[]> {
  const read = await lab.ask(createdRead)
  if (read.kind !== 'read') return []
  const url = new URL(read.answer.request.url)
  url.pathname = `${url.pathname.replace(/[^/]+\/?$/, '')}createonce-unknown`
  const exchange = await lab.trySend({ method: 'GET', url: url.href })
  return isAnswer(exchange) ? [exchange] : []
}

async function addKeyed(lab: Lab, add: (to: string, ...answers: Answer[]) => void): Promise<void> {
  add('a reused key', (await lab.ask(keyReuse)).other.answer)
  add('a missing key', (await lab.ask(missingKey)).attempt.answer)
  for (const { name, first } of (await lab.ask(keySpellings)).odd) add(`a key that is none (${name})`, first.answer)
  const corrected = await lab.ask(errorThenCorrected)
  if (corrected.kind === 'tried') add('an invalid body with a key', corrected.refusal.answer)
}
