import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'
import { baseUrlOf } from '../target/base-url-of.ts'
import type { Attempt } from './attempt.ts'
import type { Completion } from './completion.ts'
import { fillPath } from './fill-path.ts'
import { isReadUrl } from './is-read-url.ts'
import { isObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { sameOrigin } from './location-url.ts'
import { carries } from './marks.ts'
import type { Polled } from './poll-monitor.ts'
import { identifierOf } from './resource.ts'

// A second, as for every other look at what may be late.
const oneSecond = 1000
// An answer about one job holds a handful of values; a long one is no answer about one job.
const mostLinks = 4
const mostIds = 6

type Ended = Extract<Polled, { kind: 'succeeded' | 'redirected' | 'resource' }>

/** Finds what an accepted request came to: where the monitor leads, by an id in what it says, or within it. */
export async function findOutcome(lab: Lab, attempt: Attempt, polled: Ended): Promise<Completion> {
  const { answers } = polled
  const last = answers.at(-1) as Answer
  if (polled.kind === 'resource') return made(answers, last)
  if (polled.kind === 'redirected') return await atLink(lab, answers, polled.to)
  const json = parseJson(last.response.body)
  const links = linksOf(last, json)
  const here = links.filter((url) => sameOrigin(url, new URL(lab.operation.target.baseUrl)))
  const own = here.filter((url) => isReadUrl(url, lab))
  if (own[0] !== undefined) return await atLink(lab, answers, own[0])
  for (const url of here.slice(0, mostLinks)) {
    const read = await lab.get(url.href)
    if (carries(parseJson(read.response.body), attempt.marks)) return made(answers, read)
  }
  const byId = await readById(lab, attempt, [json, attempt.json])
  if (byId !== undefined) return made(answers, byId)
  const embedded = embeddedIn(json, attempt, lab)
  if (embedded !== undefined) return { kind: 'created', answers, read: last, json: embedded }
  if (here.length === 0 && links[0] !== undefined) return { kind: 'elsewhere', url: links[0].href }
  return { kind: 'silent', answers }
}

async function atLink(lab: Lab, answers: readonly Answer[], url: URL): Promise<Completion> {
  let read = await lab.get(url.href)
  if (read.response.status === 404 && !lab.monitors.lost) {
    await lab.sleep(oneSecond)
    read = await lab.get(url.href)
  }
  if (read.response.status === 200) return made(answers, read)
  lab.monitors.lost = true
  return { kind: 'lost', answers, at: read }
}

function made(answers: readonly Answer[], read: Answer): Completion {
  return { kind: 'created', answers, read, json: parseJson(read.response.body) }
}

function linksOf(answer: Answer, json: unknown): URL[] {
  const { url: asked } = answer.request
  const texts = [
    headerValue(answer, 'location') ?? '',
    ...textsIn(json).filter((text) => /^(https?:\/)?\/\S+$/.test(text)),
  ]
  const urls = texts.filter((text) => text !== '' && URL.canParse(text, asked)).map((text) => new URL(text, asked))
  return urls.filter((url) => /^https?:$/.test(url.protocol) && url.href !== asked)
}

function textsIn(json: unknown): string[] {
  if (typeof json === 'string') return [json]
  if (typeof json === 'number') return [String(json)]
  return json !== null && typeof json === 'object' ? Object.values(json).flatMap(textsIn) : []
}

/** Any value may be the id: only what carries the text that was sent is taken for what was created. */
async function readById(lab: Lab, attempt: Attempt, told: readonly unknown[]): Promise<Answer | undefined> {
  const { operation, parents } = lab
  const { read } = operation.creation
  if (read === undefined) return undefined
  // AIP names a resource by its path: the id is the end of it.
  const values = told.flatMap(textsIn).map((text) => text.split('/').at(-1) ?? '')
  for (const value of [...new Set(values)].filter((text) => /^[\w.~:-]{1,64}$/.test(text)).slice(0, mostIds)) {
    if (/^\.{1,2}$/.test(value)) continue
    const place = fillPath(read.path, { ...parents, [read.idParameter]: value }, read.parameters)
    if (place.kind !== 'filled') return undefined
    const answer = await lab.get(baseUrlOf(operation.target, read) + place.path)
    if (answer.response.status === 200 && carries(parseJson(answer.response.body), attempt.marks)) return answer
  }
  return undefined
}

/** The object within an answer that carries what was sent, and has an id. */
function embeddedIn(json: unknown, attempt: Attempt, lab: Lab): unknown {
  if (!isObject(json)) return undefined
  for (const value of Object.values(json)) {
    const inner = embeddedIn(value, attempt, lab)
    if (inner !== undefined) return inner
  }
  const own = Object.values(json).some((value) => typeof value === 'string' && carries(value, attempt.marks))
  return own && identifierOf(json, lab.operation.creation) !== undefined ? json : undefined
}
