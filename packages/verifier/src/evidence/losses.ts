import { isObject, type JsonObject } from '../experiments/json-node.ts'
import type { Operation } from '../experiments/operation.ts'
import { isFormMediaType } from '../target/form-media-type.ts'
import type { JsonSchema } from '../target/target.ts'
import { declaredOtherwise } from './declared-otherwise.ts'
import { escaped, sameValue } from './differences.ts'
import { declaredTypes, declares, propertyOf, type ShownMembers, shownMembers } from './shown-members.ts'
import { secretMember } from './volatile.ts'

/** A value that was sent and is shown otherwise. */
export interface Loss {
  readonly pointer: string
  readonly sent: unknown
  readonly seen: unknown
}

/** What of a body was lost, and how many of its values could be seen at all. */
export interface Losses {
  readonly lost: readonly Loss[]
  readonly seen: number
}

/**
 * Compares a body that was sent with what a read shows. Where the read has no such member it is only lost if the
 * document says that the read shows it; spelling differences that formats allow are none, nor is a member that the
 * document has in another form (`assignee`, a login that is sent, and a user that is shown).
 */
export function losses(sent: unknown, json: unknown, { creation }: Operation): Losses {
  if (!isObject(sent)) return { lost: [], seen: 0 }
  const shown = shownMembers(creation.read?.responses, ['200', '2XX', 'default'])
  const isForm = isFormMediaType(creation.body?.mediaType)
  const lost: Loss[] = []
  let seen = 0
  const compare = (value: unknown, other: unknown, schema: JsonSchema | undefined, pointer: string): void => {
    if (isObject(value) && isObject(other)) {
      for (const [name, inner] of Object.entries(value)) {
        const property = propertyOf(schema, name)
        if (secretMember.test(name) || property?.['writeOnly'] === true || property?.['readOnly'] === true) continue
        if (inner === null && other[name] === undefined) continue
        if (other[name] === undefined && !isExpected(shown, name, inner)) continue
        compare(inner, other[name], property, `${pointer}/${escaped(name)}`)
      }
      return
    }
    if (!sameValue(value, other) && declaredOtherwise(shown, pointer, value)) return
    seen++
    // A form carries text: the 3 that is shown as "3" was sent as that.
    if (isForm && isScalar(value) && isScalar(other) && String(value) === String(other)) return
    const asText =
      typeof value === 'number' && typeof other === 'string' && declaredTypes(shown, pointer).includes('string')
    if (!(asText ? Number(other) === value : equal(value, other, schema)))
      lost.push({ pointer, sent: value, seen: other })
  }
  const echo = echoOf(sent, json)
  if (echo !== undefined) compare(sent, echo, creation.body?.schema, '')
  return { lost, seen }
}

// The object within the answer that has most of the members that were sent, whatever envelope it stands in.
function echoOf(sent: JsonObject, json: unknown, depth = 0): JsonObject | undefined {
  if (!isObject(json) || depth > 3) return undefined
  // A `data` that was sent as text is not the `data` that holds the answer.
  const isLike = (name: string, node: JsonObject) => isObject(sent[name]) === isObject(node[name])
  const score = (node: JsonObject) =>
    Object.keys(sent).reduce((sum, name) => sum + (node[name] === undefined ? 0 : isLike(name, node) ? 1 : 0.5), 0)
  const inner = Object.values(json)
    // The one row of a list is an envelope, too.
    .map((node) => echoOf(sent, Array.isArray(node) && node.length === 1 ? node[0] : node, depth + 1))
    .filter((node) => node !== undefined)
  return [json, ...inner].reduce((best, node) => (score(node) > score(best) ? node : best))
}

function isExpected(shown: ShownMembers, name: string, value: unknown): boolean {
  return declares(shown, name) && !(Array.isArray(value) && value.length === 0)
}

function equal(sent: unknown, seen: unknown, schema: JsonSchema | undefined): boolean {
  if (sameValue(sent, seen)) return true
  // What was named by a value is shown with it: `bug` as `{ "id": 7, "name": "bug" }`.
  if (isScalar(sent) && isObject(seen)) return Object.values(seen).includes(sent)
  if (Array.isArray(sent) && Array.isArray(seen)) return sameMembers(sent, seen, schema)
  if (typeof sent === 'number' && typeof seen === 'string') {
    // Decimals are often shown as text, to keep their digits; that is only right where no number was declared.
    return schema?.['type'] !== 'number' && schema?.['type'] !== 'integer' && Number(seen) === sent
  }
  if (typeof sent !== 'string' || typeof seen !== 'string') return isObject(sent) && isObject(seen)
  // Port 0 asks for whichever is free.
  if (/:0$/.test(sent) && seen.startsWith(sent.slice(0, -1)) && /:[1-9]\d*$/.test(seen)) return true
  const format = schema?.['format']
  // Midnight of the same day; a day that was shifted by a time zone is another matter.
  if (format === 'date' && seen.startsWith(`${sent}T00:00:00`)) return true
  if (format === 'email' || format === 'uuid' || format === 'hostname') return sent.toLowerCase() === seen.toLowerCase()
  if (typeof format === 'string' && /^(uri|url|iri)/.test(format) && URL.canParse(sent) && URL.canParse(seen)) {
    return new URL(sent).href === new URL(seen).href
  }
  return (format === 'time' || format === 'duration') && sent.slice(0, 5) === seen.slice(0, 5)
}

function sameMembers(sent: readonly unknown[], seen: readonly unknown[], schema: JsonSchema | undefined): boolean {
  const items = schema?.['items']
  const itemSchema = isObject(items) ? items : undefined
  // Texts are often a set (tags, rights, scopes), which documents hardly ever say; of numbers the order may be all.
  const isSet = schema?.['uniqueItems'] === true || sent.every((one) => typeof one === 'string')
  if (isSet && new Set(sent.map((one) => JSON.stringify(one))).size === sent.length) {
    return sent.length <= seen.length && sent.every((one) => seen.some((other) => same(one, other, itemSchema)))
  }
  // A server may add to a list, as it adds members: its own rights to those that were granted. All that was sent has to
  // be there, in its order.
  if (sent.length < seen.length) {
    let from = 0
    return sent.every((one) => {
      const at = seen.findIndex((other, index) => index >= from && same(one, other, itemSchema))
      from = at + 1
      return at >= 0
    })
  }
  if (sent.length !== seen.length) return false
  return sent.every((one, index) => same(one, seen[index], itemSchema))
}

function same(one: unknown, other: unknown, schema: JsonSchema | undefined): boolean {
  if (!isObject(one)) return equal(one, other, schema)
  return (
    isObject(other) &&
    Object.entries(one).every(
      ([name, value]) => other[name] === undefined || same(value, other[name], propertyOf(schema, name)),
    )
  )
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
