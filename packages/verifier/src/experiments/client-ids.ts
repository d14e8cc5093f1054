import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject, type JsonObject } from './json-node.ts'
import type { Lab } from './lab.ts'
import { placesOf } from './places-of.ts'
import { type Shown, whose } from './put-if-absent.ts'

/** What a create is answered that names its own id, and another one with the same id. */
export type ClientIdsTried =
  | { readonly kind: 'impossible'; readonly reason: string }
  | {
      readonly kind: 'tried'
      readonly member: string
      readonly value: string
      readonly first: Attempt
      /** The rest is absent where the first was refused, or got another id. */
      readonly second?: Attempt
      readonly shown?: { readonly what: Shown; readonly answer: Answer }
    }

/** Creates with an id that the client chose, and then other content with the same id. */
export const clientIds: Experiment<ClientIdsTried> = {
  name: 'create twice with an id of our own',
  async run(lab) {
    const known = await lab.ask(created)
    const { id, resource } = known
    const body = lab.newBody()
    if (id === undefined || resource === undefined || !isObject(body))
      return { kind: 'impossible', reason: 'the answer shows no id that a client could send' }
    const shownId = resource[id.member]
    const value = likeId(shownId, lab)
    const place = placeIn(known, body)
    if (value === undefined || place === undefined)
      return { kind: 'impossible', reason: `no other value like its ${id.member} can be made` }
    const post = (content: JsonObject) => lab.post({ body: withId(content, place, id.member, value) })
    const first = await post(body)
    const tried = { kind: 'tried', member: id.member, value: String(value), first } as const
    if (!accepted(first) || first.id?.value !== String(value)) return tried
    const other = lab.newBody()
    const second = await post(isObject(other) ? other : body)
    const [url] = placesOf(lab, first).map((one) => one.url)
    if (url === undefined) return { ...tried, second }
    const answer = await lab.get(url)
    return { ...tried, second, shown: { what: whose(answer, first, second), answer } }
  },
}

// Far above what a counter reaches, with room below the largest 32-bit integer.
const [lowest, highest] = [1_000_000_000, 2_000_000_000]

function likeId(value: unknown, { bodies }: Lab): string | number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? bodies.integer(lowest, highest) : undefined
  if (typeof value !== 'string' || value.includes('/')) return undefined
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return bodies.key()
  return /^\d+$/.test(value) ? String(bodies.integer(lowest, highest)) : bodies.token(Math.max(value.length, 10))
}

/** Where in a body the id belongs: where it stands in the answer, if the body has such a place (`data` of JSON:API). */
function placeIn({ json, resource }: Attempt, body: JsonObject): string | null | undefined {
  if (json === resource) return null
  const envelope = isObject(json) ? Object.keys(json).find((name) => json[name] === resource) : undefined
  if (envelope === undefined) return undefined
  return isObject(body[envelope]) ? envelope : null
}

function withId(body: JsonObject, place: string | null, member: string, value: unknown): JsonObject {
  if (place === null) return { ...body, [member]: value }
  return { ...body, [place]: { ...(body[place] as JsonObject), [member]: value } }
}
