import { type Answer, type Exchange, type HeaderLine, isAnswer } from '../exchange/exchange.ts'
import type { Client } from '../http/client.ts'
import { encodeContent } from '../http/encode-content.ts'
import type { OutgoingRequest } from '../http/outgoing-request.ts'
import type { ApiProcess } from '../start/launch.ts'
import { type Attempt, accepted, type Tried } from './attempt.ts'
import type { Bodies, ValidBodyOptions } from './bodies.ts'
import type { Experiment } from './experiment.ts'
import { isTemporary } from './is-temporary.ts'
import { itemOperation } from './item-operation.ts'
import { stringsWithin } from './json-node.ts'
import type { Draft, Lab } from './lab.ts'
import type { Ledger } from './ledger.ts'
import { marksOf, plain } from './marks.ts'
import { NoAnswer } from './no-answer.ts'
import type { Operation } from './operation.ts'
import type { Principals, Stranger } from './principals.ts'
import { readAttempt } from './read-attempt.ts'
import { recordBatch } from './record-batch.ts'
import { recordFound } from './record-found.ts'
import { recordMade } from './record-made.ts'
import { keyHeaderName, requiredHeaders } from './required-parameters.ts'

/** What a lab is made of. */
export interface LabOptions {
  readonly operation: Operation
  readonly client: Client
  readonly bodies: Bodies
  readonly parents: Readonly<Record<string, string>>
  readonly references: Readonly<Record<string, unknown>>
  readonly ledger: Ledger
  readonly races: number
  readonly concurrency: number
  readonly url: string
  /** The URL of a name, for a PUT. */
  readonly urlOfName?: (name: string) => string
  readonly sleep: (ms: number) => Promise<void>
  readonly power?: ApiProcess
  readonly principals: Principals
  readonly neighbour?: () => Lab | undefined
  readonly hostile: boolean
  /** @default false */
  readonly isRecorded?: boolean
}

// More of them tell no more.
const mostTemporary = 50

/** Makes a lab with an empty memory. */
export function createLab(options: LabOptions): Lab {
  const { operation, client, bodies, ledger } = options
  const { creation } = operation
  const memory = new Map<unknown, Promise<unknown>>()
  let constants: ReadonlySet<string> | undefined
  let limited = false
  const serverErrors = new Map<number, number>()
  let acceptedCount = 0
  const acceptedStrings = new Set<string>()
  const untold: Attempt[] = []
  const temporary: Answer[] = []
  const broken: Attempt[] = []
  const needsKey = creation.policy.idempotency?.value === 'required'

  const keyOf = ({ key = 'auto', keyLines }: Draft): string | undefined => {
    if (key === 'none' || keyLines !== undefined) return undefined
    if (key !== 'auto') return key
    return lab.recipe.needsKey ? bodies.key() : undefined
  }
  const placeOf = (draft: Draft): { url: string; name?: string } => {
    const { urlOfName } = options
    if (draft.url !== undefined || urlOfName === undefined) return { url: draft.url ?? lab.recipe.url }
    const name = draft.name ?? bodies.nameIn(draft.body) ?? bodies.name()
    return { url: urlOfName(name), name }
  }
  const toRequest = (draft: Draft): { request: OutgoingRequest } & Pick<Attempt, 'key' | 'name'> => {
    const key = keyOf(draft)
    const lines = draft.keyLines ?? (key === undefined ? [] : [lab.recipe.keyStyle === 'quoted' ? `"${key}"` : key])
    const { content, type } = encodeContent(
      draft.body,
      creation.body?.mediaType ?? 'application/json',
      creation.body?.deep,
    )
    const headers: HeaderLine[] = [
      ...(draft.mediaType === 'none' ? [] : [['Content-Type', draft.mediaType ?? type] as const]),
      ...requiredHeaders(creation).filter(([name]) => draft.bare !== true || !/^if-none-match$/i.test(name)),
      ...(draft.bare === true ? [] : (lab.recipe.headers ?? [])),
      ...lines.map((line): HeaderLine => [keyHeaderName(creation), line]),
      ...(draft.headers ?? []),
    ]
    const body = draft.raw ?? content
    const { url, name } = placeOf(draft)
    const request = { method: creation.method, url, headers, body, ...principalOf(draft.as) }
    return { request, ...(key === undefined ? {} : { key }), ...(name === undefined ? {} : { name }) }
  }
  const principalOf = (as: Stranger | undefined): Pick<OutgoingRequest, 'principal'> => {
    if (as === undefined) return {}
    const principal = options.principals[as]
    if (principal === undefined) throw new Error(`there is no ${as} principal`)
    return { principal }
  }
  const note = (answer: Answer): void => {
    const { status } = answer.response
    limited ||= status === 429
    if (status >= 500) serverErrors.set(answer.id, status)
    if (temporary.length < mostTemporary && isTemporary(answer)) temporary.push(answer)
  }
  const toTried = (exchange: Exchange, draft: Draft, named: Pick<Attempt, 'key' | 'name'>): Tried => {
    const isBroken = !isAnswer(exchange) || exchange.response.status >= 500
    // What broke may have been stored before; the name is ours alone, and what is not there is deleted in vain.
    if (isBroken && named.name !== undefined) lab.adopt(undefined, exchange.id, named.name)
    if (!isAnswer(exchange)) return { kind: 'unanswered', exchange }
    note(exchange)
    const sent = { body: draft.body, marks: lab.marks(draft.body), ...named }
    const attempt = readAttempt(exchange, sent, operation)
    if (attempt.status >= 500) broken.push(attempt)
    const record = creation.batch === undefined ? recordMade : recordBatch
    record(attempt, operation, options.parents, ledger, principalOf(draft.as).principal)
    if (accepted(attempt)) {
      acceptedCount += 1
      if (attempt.status === 202 || creation.batch !== undefined) untold.push(attempt)
      for (const text of stringsWithin(draft.body)) acceptedStrings.add(plain(text))
    }
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
      return limited
    },
    serverErrors,
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
    acceptedStrings,
    get accepted() {
      return acceptedCount
    },
    untold,
    temporary,
    broken,
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
      note(exchange)
      return exchange
    },
    trySend: (request) => client.send(request),
    sleep: options.sleep,
    isRecorded: options.isRecorded ?? false,
  }
  return lab
}

// Two bodies that are never sent show which strings every body has; the schema's own strings (enumerations,
// examples) and the ids of parents are no marks either.
function constantStrings({ bodies, operation, parents, references }: LabOptions): ReadonlySet<string> {
  const { body } = operation.creation
  const [one, other] = [bodies.valid(), bodies.valid()].map((body) => stringsWithin(body).map(plain))
  const shared = (one ?? []).filter((text) => other?.includes(text))
  const known = stringsWithin([body?.schema, body?.examples, parents, references]).map(plain)
  return new Set([...shared, ...known])
}
