import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import type { Lab } from './lab.ts'
import { placesOf } from './places-of.ts'
import { type ReadBack, readBack } from './read-back.ts'

/** A PUT to a URL at which nothing is, and another one to the same URL. */
export interface PutTwice {
  /** What a GET answers before anything is there. */
  readonly before: Answer
  readonly first: Attempt
  readonly read: ReadBack
  /** The second PUT, with another body; absent where the first did not create. */
  readonly again?: Attempt
}

/** Puts to a fresh URL, and then other content to the same one. */
export const putTwice: Experiment<PutTwice> = {
  name: 'put to a fresh URL, and again',
  async run(lab) {
    const before = await readFree(lab)
    const body = lab.newBody({ name: before.name })
    const first = await lab.post({ body, name: before.name })
    const read = await readBack(lab, first)
    if (!accepted(first) || read.kind !== 'read') return { before: before.answer, first, read }
    return { before: before.answer, first, read, again: await replace(lab, before.name, read.answer) }
  },
}

/** A fresh name, and what a GET of its URL answers before anything is there. */
export async function readFree(lab: Lab): Promise<{ name: string; answer: Answer }> {
  const known = await lab.ask(created)
  const name = lab.bodies.name()
  const [place] = placesOf(lab, known)
  const old = encodeURIComponent(known.name ?? '')
  const url = (place?.url ?? known.answer.request.url).replace(old, () => encodeURIComponent(name))
  return { name, answer: await lab.get(url) }
}

/** A PUT without conditions; where only those are served that know what they replace, one that does. */
async function replace(lab: Lab, name: string, current: Answer): Promise<Attempt> {
  const again = await lab.post({ body: lab.newBody({ name }), name, bare: true })
  const tag = headerValue(current, 'etag')
  if (tag === undefined || ![403, 409, 412, 428].includes(again.status)) return again
  return await lab.post({ body: lab.newBody({ name }), name, bare: true, headers: [['If-Match', tag]] })
}
