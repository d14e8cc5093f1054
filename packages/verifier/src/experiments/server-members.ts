import type { Answer } from '../exchange/exchange.ts'
import { type Attempt, accepted } from './attempt.ts'
import type { Bodies } from './bodies.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject, type JsonObject, parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { locationUrl } from './location-url.ts'
import { readBack } from './read-back.ts'
import { unwrap } from './resource.ts'

/** A create that also sends the members which the server makes, or the reason why there are none. */
export type ServerMembersTried =
  | {
      readonly kind: 'tried'
      readonly attempt: Attempt
      readonly planted: Readonly<Record<string, unknown>>
      /** What a read shows of it. */
      readonly shown?: { readonly answer: Answer; readonly resource: JsonObject }
    }
  | { readonly kind: 'impossible'; readonly reason: string }

/**
 * Sends, beside a valid body, every member that the server made by itself for an earlier one and that the schema does
 * not take, with values of the same kind that nobody else would choose.
 */
export const serverMembers: Experiment<ServerMembersTried> = {
  name: 'send the members that the server makes',
  async run(lab) {
    const first = await lab.ask(created)
    const read = await lab.ask(createdRead)
    const shown = (read.kind === 'read' ? read.resource : undefined) ?? first.resource
    const properties = lab.operation.creation.body?.schema['properties']
    if (shown === undefined || !isObject(properties) || !isObject(first.body)) {
      return { kind: 'impossible', reason: 'nothing shows which members the server makes by itself' }
    }
    const taken = (name: string) =>
      name in (first.body as object) || (isObject(properties[name]) && properties[name]['readOnly'] !== true)
    const planted = Object.fromEntries(
      Object.entries(shown).flatMap(([name, value]) => {
        // What repeats the name in the path of a PUT is the client's already.
        const isOwn = first.name !== undefined && String(value) === first.name
        const sentinel = taken(name) || isOwn ? undefined : sentinelLike(value, lab.bodies)
        return sentinel === undefined ? [] : [[name, sentinel]]
      }),
    )
    if (Object.keys(planted).length === 0) return { kind: 'impossible', reason: 'the server adds no member of its own' }
    const body = lab.newBody()
    const attempt = await lab.post({ body: { ...(body as object), ...planted } })
    if (!accepted(attempt)) return (await oneByOne(lab, planted)) ?? { kind: 'tried', attempt, planted }
    const shownNow = await readPlanted(lab, attempt)
    return { kind: 'tried', attempt, planted, ...(shownNow === undefined ? {} : { shown: shownNow }) }
  },
}

/** A server may refuse one of them and store another: where all were refused together, each is sent alone. */
async function oneByOne(lab: Lab, planted: Readonly<Record<string, unknown>>): Promise<ServerMembersTried | undefined> {
  if (Object.keys(planted).length < 2) return undefined
  for (const [name, value] of Object.entries(planted)) {
    const attempt = await lab.post({ body: { ...(lab.newBody() as object), [name]: value } })
    const shown = accepted(attempt) ? await readPlanted(lab, attempt) : undefined
    if (shown !== undefined && shown.resource[name] === value)
      return { kind: 'tried', attempt, planted: { [name]: value }, shown }
  }
  return undefined
}

// Location first and whatever it shows: the answer itself may echo an id that is not the stored one.
async function readPlanted(lab: Lab, attempt: Attempt) {
  const location = locationUrl(attempt, lab.operation)
  const read = location.kind === 'here' ? undefined : await readBack(lab, attempt)
  const answer =
    location.kind === 'here' ? await lab.get(location.url.href) : read?.kind === 'read' ? read.answer : undefined
  if (answer?.response.status !== 200) return undefined
  const resource = unwrap(parseJson(answer.response.body), lab.operation.creation)
  return resource === undefined ? undefined : { answer, resource }
}

// Far above what a counter reaches, and with room below the largest 32-bit integer for what is counted on from it.
const [lowest, highest] = [1_000_000_000, 2_000_000_000]

// Another value of the same kind, since one of another type would be refused for its type; and a fresh one, since an
// id that an earlier request has left there would be refused for being taken.
function sentinelLike(value: unknown, fresh: Pick<Bodies, 'key' | 'integer' | 'token'>): unknown {
  if (typeof value === 'number') {
    const planted = fresh.integer(lowest, highest)
    return Number.isInteger(value) ? planted : planted + 0.25
  }
  if (typeof value !== 'string') return undefined
  if (/^[0-9a-f-]{36}$/i.test(value)) return fresh.key()
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return '1999-12-31T23:59:59Z'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return '1999-12-31'
  return /^(https?:|\/)/.test(value) ? undefined : `planted-${fresh.token(8)}`
}
