import { type Exchange, isAnswer } from '../exchange/exchange.ts'
import type { Attempt, Tried } from './attempt.ts'
import type { ValidBodyOptions } from './bodies.ts'
import { constantStrings } from './constant-strings.ts'
import { createDrafting } from './drafting.ts'
import type { Experiment } from './experiment.ts'
import { itemOperation } from './item-operation.ts'
import type { Draft, Lab } from './lab.ts'
import { createLabNotes } from './lab-notes.ts'
import type { LabOptions } from './lab-options.ts'
import { marksOf } from './marks.ts'
import { NoAnswer } from './no-answer.ts'
import { readAttempt } from './read-attempt.ts'
import { recordBatch } from './record-batch.ts'
import { recordFound } from './record-found.ts'
import { recordMade } from './record-made.ts'

/** Makes a lab with an empty memory. */
export function createLab(options: LabOptions): Lab {
  const { operation, client, bodies, ledger } = options
  const { creation } = operation
  const memory = new Map<unknown, Promise<unknown>>()
  let constants: ReadonlySet<string> | undefined
  const notes = createLabNotes()
  const { toRequest, placeOf, principalOf } = createDrafting(options, () => lab.recipe)
  const needsKey = creation.policy.idempotency?.value === 'required'

  const toTried = (exchange: Exchange, draft: Draft, named: Pick<Attempt, 'key' | 'name'>): Tried => {
    const isBroken = !isAnswer(exchange) || exchange.response.status >= 500
    // What broke may have been stored before; the name is ours alone, and what is not there is deleted in vain.
    if (isBroken && named.name !== undefined) lab.adopt(undefined, exchange.id, named.name)
    if (!isAnswer(exchange)) return { kind: 'unanswered', exchange }
    notes.noteAnswer(exchange)
    const sent = { body: draft.body, marks: lab.marks(draft.body), ...named }
    const attempt = readAttempt(exchange, sent, operation)
    const record = creation.batch === undefined ? recordMade : recordBatch
    record(attempt, operation, options.parents, ledger, principalOf(draft.as).principal)
    notes.noteAttempt(attempt, creation.batch === undefined)
    return { kind: 'answered', attempt, exchange }
  }

  const lab: Lab = {
    operation,
    bodies,
    parents: options.parents,
    references: options.references,
    races: options.races,
    concurrency: options.concurrency,
    get limited() {
      return notes.limited
    },
    serverErrors: notes.serverErrors,
    recipe: { url: options.url, minimal: false, with: {}, needsKey, keyStyle: 'bare' },
    ask: <T>(experiment: Experiment<T>) => {
      const known = memory.get(experiment) as Promise<T> | undefined
      if (known !== undefined) return known
      const running = experiment.run(lab)
      memory.set(experiment, running)
      return running
    },
    get likeAccepted() {
      const { minimal, with: members, example } = lab.recipe
      // Where only an example was accepted, nothing that is generated is known to be.
      return example === undefined ? { minimal, with: members } : {}
    },
    urlOf: (body) => placeOf({ body }).url,
    known: async <T>(experiment: Experiment<T>) =>
      await (memory.get(experiment) as Promise<T> | undefined)?.catch(() => undefined),
    newBody({ minimal, with: members, keep, name }: ValidBodyOptions = {}) {
      const { recipe } = lab
      if (recipe.example !== undefined) return bodies.like(recipe.example, keep, name)
      const options = { minimal: minimal ?? recipe.minimal, with: { ...recipe.with, ...members } }
      return bodies.valid({ ...options, ...(keep !== undefined && { keep }), ...(name !== undefined && { name }) })
    },
    newItem() {
      const { minimal, with: members } = lab.recipe
      return (bodies.batch?.items ?? bodies).valid({ minimal, with: members })
    },
    acceptedStrings: notes.acceptedStrings,
    get accepted() {
      return notes.accepted
    },
    untold: notes.untold,
    temporary: notes.temporary,
    broken: notes.broken,
    lists: { longest: 0 },
    monitors: { hopeless: false, lost: false },
    principals: options.principals,
    hostile: options.hostile,
    ...(options.neighbour === undefined ? {} : { neighbour: options.neighbour }),
    ...(options.power === undefined ? {} : { power: options.power }),
    adopt: (item, exchange, name) =>
      recordFound(item, exchange, itemOperation(operation), options.parents, ledger, name),
    marks(body) {
      constants ??= constantStrings(options)
      return marksOf(body, constants)
    },
    async tryPost(draft) {
      const { request, ...named } = toRequest(draft)
      return toTried(await client.send(request), draft, named)
    },
    async post(draft) {
      const tried = await lab.tryPost(draft)
      if (tried.kind === 'unanswered') throw new NoAnswer(tried.exchange)
      return tried.attempt
    },
    async racePosts(drafts) {
      const prepared = drafts.map(toRequest)
      const exchanges = await client.race(prepared.map(({ request }) => request))
      return exchanges.map((exchange, index) => {
        const { request: _, ...named } = prepared[index] ?? { request: undefined }
        return toTried(exchange, drafts[index] ?? {}, named)
      })
    },
    postAndHangUp: (draft) => client.hangUp(toRequest(draft).request),
    get: (url, as) => lab.send({ method: 'GET', url, ...principalOf(as) }),
    async send(request) {
      const exchange = await client.send(request)
      if (!isAnswer(exchange)) throw new NoAnswer(exchange)
      notes.noteAnswer(exchange)
      return exchange
    },
    trySend: (request) => client.send(request),
    sleep: options.sleep,
    isRecorded: options.isRecorded ?? false,
  }
  return lab
}
