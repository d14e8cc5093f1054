import { type Answer, isAnswer } from '../exchange/exchange.ts'
import { allAnswers, type NamedAnswer } from '../experiments/all-answers.ts'
import { answersToCreates } from '../experiments/answers-to-creates.ts'
import { createLab } from '../experiments/create-lab.ts'
import { created, createdAgain, footingOf } from '../experiments/created.ts'
import type { Experiment } from '../experiments/experiment.ts'
import type { Lab } from '../experiments/lab.ts'
import { createLedger } from '../experiments/ledger.ts'
import type { Operation } from '../experiments/operation.ts'
import { principalsOf } from '../experiments/principals.ts'
import { replay } from '../experiments/replay.ts'
import { createFresh } from '../generate/fresh.ts'
import { bodiesOf } from '../run/bodies-of.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import { NotRecorded } from './not-recorded.ts'
import { createRecordedClient } from './recorded-client.ts'
import { parametersIn, type RecordedCreate } from './recorded-creates.ts'
import type { Recording } from './recording.ts'

/** The experiments whose outcome each answer shows by itself, so that a second creation could not tell more. */
const selfEvident: ReadonlySet<unknown> = new Set([created, createdAgain, footingOf, allAnswers, answersToCreates])

/** A lab in which nothing is sent: experiments find their outcome in the recording, or throw {@link NotRecorded}. */
export interface RecordedLab {
  readonly lab: Lab
  /** Forgets which experiments were asked for. */
  begin(): void
  /** Whether all that was asked for since then are answers that show by themselves what is wrong with them. */
  isSelfEvident(): boolean
}

/** Makes the lab of one recorded create; `all` are those of its operation. */
export function createRecordedLab(
  recording: Recording,
  operation: Operation,
  create: RecordedCreate,
  all: readonly RecordedCreate[],
): RecordedLab {
  const { creation } = operation
  let asked: unknown[] = []
  const lab = createLab({
    operation,
    client: createRecordedClient(recording, create.exchange),
    bodies: bodiesOf(creation, createFresh('recording', { salt: recording.source })),
    parents: create.parents,
    references: {},
    ledger: createLedger(),
    principals: principalsOf([], [], []),
    hostile: false,
    isRecorded: true,
    races: 1,
    concurrency: 1,
    url: create.exchange.request.url,
    sleep: async () => {},
  })
  const shown = new Map<unknown, () => unknown>([
    [footingOf, () => ({ kind: 'created', attempt: create.attempt })],
    [created, () => create.attempt],
    [createdAgain, () => againOf(recording, create, all)],
    [allAnswers, () => answersOf(recording, operation)],
    [answersToCreates, () => all.map(({ exchange }) => namedAnswer(exchange))],
    [replay, () => replayOf(all)],
  ])
  const known = lab.ask
  const ask = async <T>(experiment: Experiment<T>): Promise<T> => {
    asked.push(experiment)
    const outcome = shown.get(experiment)
    return outcome === undefined ? await known(experiment) : (outcome() as T)
  }
  return {
    // Experiments ask each other through the lab, so that it has to be changed and not wrapped.
    lab: Object.assign(lab, { ask }),
    begin: () => {
      asked = []
    },
    isSelfEvident: () => asked.every((experiment) => selfEvident.has(experiment)),
  }
}

function againOf(recording: Recording, { attempt, exchange }: RecordedCreate, all: readonly RecordedCreate[]) {
  // Databases give an id again when the newest row was deleted.
  const deleted = recording.exchanges.find(({ id, request }) => id > exchange.id && request.method === 'DELETE')
  const sent = JSON.stringify(attempt.body)
  const other = all.find(
    ({ isNew, attempt: { answer, body } }) =>
      isNew &&
      answer.id > attempt.answer.id &&
      answer.id < (deleted?.id ?? Number.POSITIVE_INFINITY) &&
      JSON.stringify(body) !== sent,
  )
  if (other === undefined) throw new NotRecorded('a second creation with another body, before anything is deleted')
  return other.attempt
}

function answersOf(recording: Recording, { creation, target }: Operation): readonly NamedAnswer[] {
  const places = [creation, creation.read, creation.list].filter((place) => place !== undefined)
  return recording.exchanges.flatMap((answer) => {
    if (!isAnswer(answer)) return []
    const { url } = answer.request
    return places.some((place) => parametersIn(url, baseUrlOf(target, place), place.path) !== undefined)
      ? [namedAnswer(answer)]
      : []
  })
}

function namedAnswer(answer: Answer): NamedAnswer {
  return { to: `the recorded ${answer.request.method} ${new URL(answer.request.url).pathname}`, answer }
}

function replayOf(all: readonly RecordedCreate[]) {
  for (const first of all.filter(({ isNew, attempt }) => isNew && attempt.key !== undefined)) {
    const second = all.find(
      ({ attempt, exchange }) =>
        attempt.answer.id > first.attempt.answer.id &&
        exchange.at >= first.exchange.at + first.exchange.response.ms &&
        attempt.key === first.attempt.key &&
        exchange.request.body === first.exchange.request.body &&
        exchange.request.url === first.exchange.request.url,
    )
    if (second === undefined) continue
    const copies = { kind: 'blind', reason: 'a recording cannot tell how many copies there are' } as const
    return { first: first.attempt, second: second.attempt, copies }
  }
  throw new NotRecorded('a request that was sent again with the same key')
}
