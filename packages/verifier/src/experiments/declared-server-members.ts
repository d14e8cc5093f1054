import { differences } from '../evidence/differences.ts'
import { schemaBreaks } from '../evidence/schema-breaks.ts'
import type { Answer } from '../exchange/exchange.ts'
import { effectiveSchema } from '../target/effective-schema.ts'
import { wordsOf } from '../target/words.ts'
import { type Attempt, accepted } from './attempt.ts'
import { created, createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'
import { isObject } from './json-node.ts'
import type { Lab } from './lab.ts'
import { readBack } from './read-back.ts'

/** What became of a client's own value for a member that the server made by itself for an earlier resource. */
export interface DeclaredServerMember {
  readonly member: string
  readonly sent: unknown
  readonly attempt: Attempt
  readonly outcome:
    | { readonly kind: 'taken' | 'replaced'; readonly shown: unknown; readonly read: Answer }
    /** Refused, and so was the very value that the server had made. */
    | { readonly kind: 'refused'; readonly again: Attempt }
    | { readonly kind: 'unclear' }
}

/** What became of the members that were sent, and those of the same kinds that are marked as the server's. */
export interface DeclaredServerMembers {
  readonly tried: readonly DeclaredServerMember[]
  readonly marked?: Answer
}

/**
 * Sends, one by one, what the request schema declares like any other member, a client may leave out, and a server usually
 * makes: the id of the resource, and when it was created or changed. Others have defaults, and rules of their own by which
 * one value is taken and another is not.
 */
export const declaredServerMembers: Experiment<DeclaredServerMembers> = {
  name: 'send the members of the schema that the server makes',
  async run(lab) {
    const first = await lab.ask(created)
    const read = await lab.ask(createdRead)
    if (read.kind !== 'read' || read.resource === undefined || !isObject(first.body)) return { tried: [] }
    const tried: DeclaredServerMember[] = []
    let isMarked = false
    for (const [member, isWritable] of declared(lab)) {
      const made = read.resource[member]
      if (member in first.body) continue
      const sent = isTime(member, made)
        ? '1999-12-31T23:59:59Z'
        : member === first.id?.member
          ? likeId(made, lab)
          : null
      if (sent === null) continue
      if (!isWritable) isMarked = true
      const outcome = isWritable ? await send(lab, member, sent, made) : undefined
      if (outcome !== undefined) tried.push(outcome)
    }
    return { tried, ...(isMarked ? { marked: read.answer } : {}) }
  },
}

/** The members of the request, and whether a client may send them: by the schema, and by what is said in words. */
function declared({ operation: { creation } }: Lab): [string, boolean][] {
  const schema = creation.body?.schema
  const properties = schema === undefined ? undefined : effectiveSchema(schema, schema)['properties']
  if (schema === undefined || !isObject(properties)) return []
  return Object.keys(properties).map((name) => {
    const { readOnly, deprecated, description, not } = effectiveSchema(properties[name], schema)
    const isSaid = /read.?only|ignored|generat|automatic|assign|server|system|set by/i.test(String(description ?? ''))
    return [name, readOnly !== true && deprecated !== true && not === undefined && !isSaid]
  })
}

async function send(lab: Lab, member: string, sent: unknown, made: unknown): Promise<DeclaredServerMember | undefined> {
  const { creation, target } = lab.operation
  const bodyWith = (value: unknown) => ({ ...(lab.newBody() as object), [member]: value })
  const body = bodyWith(sent)
  if (creation.body === undefined || schemaBreaks(creation.body.schema, body, target.document.version)?.length !== 0)
    return undefined
  const attempt = await lab.post({ body })
  const unclear: DeclaredServerMember = { member, sent, attempt, outcome: { kind: 'unclear' } }
  if (!accepted(attempt)) {
    // A time may be out of bounds that the schema does not tell; the one that the server itself has set is not.
    if (!isRefusal(attempt) || !isTime(member, made)) return unclear
    const again = await lab.post({ body: bodyWith(made) })
    return isRefusal(again) ? { ...unclear, outcome: { kind: 'refused', again } } : unclear
  }
  const read = await readBack(lab, attempt)
  if (read.kind !== 'read' || read.resource === undefined) return unclear
  const shown = read.resource[member]
  if (isAlike(sent, shown)) return { ...unclear, outcome: { kind: 'taken', shown, read: read.answer } }
  // Of a time, that it is about the one of the earlier resource: what is merely moved is no longer the server's.
  const isServers = isTime(member, made)
    ? Math.abs(Date.parse(String(shown)) - Date.parse(String(made))) < tenMinutes
    : typeof shown === typeof made
  return isServers ? { ...unclear, outcome: { kind: 'replaced', shown, read: read.answer } } : unclear
}

const tenMinutes = 600_000

function isRefusal({ status }: Attempt): boolean {
  return status === 400 || status === 403 || status === 422
}

function isTime(name: string, made: unknown): boolean {
  const [first = '', second = '', ...more] = wordsOf(name)
  const isName = /^(created|updated|modified)$/.test(first) && /^(at|on|date|time|)$/.test(second) && more.length === 0
  return isName && typeof made === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(made) && !Number.isNaN(Date.parse(made))
}

// An id of the same shape; null where the shape is nothing that others could make, too.
function likeId(made: unknown, { bodies }: Lab): unknown {
  if (typeof made === 'number') return Number.isInteger(made) ? bodies.integer(1_000_000_000, 2_000_000_000) : null
  if (typeof made !== 'string') return null
  if (/^[0-9a-f-]{36}$/i.test(made)) return bodies.key()
  return /^[0-9a-f]{24}$/.test(made) ? bodies.key().replaceAll('-', '').slice(0, 24) : null
}

function isAlike(sent: unknown, shown: unknown): boolean {
  const bare = (value: unknown) => String(value).toLowerCase().replaceAll('-', '')
  return bare(sent) === bare(shown) || differences(sent, shown).length === 0
}
