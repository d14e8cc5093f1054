import { isObject, type JsonObject } from './json-node.ts'

/** What an answer to a batch says of one item. */
export interface ItemResult {
  readonly failed: boolean
  /** The place of the item in the request, where the result names it. */
  readonly at?: number
  /** Whether the result says which item it is about, by a place or by a reference of the client's. */
  readonly isReferred: boolean
  /** How many results stand in the same list: as many as items were sent stand in their order. */
  readonly beside: number
  readonly value: unknown
}

const failureLists = /err|fail|reject|invalid|problem/i
const otherLists = /^(_?links?|warnings?|meta|included)$/i
const placeNames =
  /^(index|i|pos|position|item_?index|request_?index|row|line|number|item|pointer|path|field|loc|instance)$/i
const referenceNames =
  /^(ref|reference|client_?(id|ref|reference)|content_?-?id|bulk_?id|request_?id|external_?id|temp_?id|key)$/i
const failureWords = /fail|error|reject|invalid|bad|conflict|unprocessable/i

/** The results of a batch's items, in the order in which the answer has them; undefined where it shows none. */
export function itemResults(json: unknown, depth = 0): readonly ItemResult[] | undefined {
  if (Array.isArray(json)) return json.map((value) => toResult(value, false, json.length))
  if (!isObject(json) || depth > 2) return undefined
  const lists = Object.entries(json).flatMap(([name, value]) => {
    if (otherLists.test(name)) return []
    const isFailures = failureLists.test(name)
    if (Array.isArray(value)) return [value.map((one) => toResult(one, isFailures, value.length))]
    return [byPlace(value, isFailures)].filter((one) => one !== undefined)
  })
  if (lists.length > 0) return lists.flat()
  for (const value of Object.values(json)) {
    const inner = isObject(value) ? itemResults(value, depth + 1) : undefined
    if (inner !== undefined) return inner
  }
  return undefined
}

/** AIP-233 keys failures by the index of their request. */
function byPlace(value: unknown, isFailures: boolean): readonly ItemResult[] | undefined {
  if (!isObject(value)) return undefined
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([name]) => /^\d+$/.test(name))) return undefined
  return entries.map(([name, one]) => ({
    ...toResult(one, isFailures, entries.length),
    at: Number(name),
    isReferred: true,
  }))
}

function toResult(value: unknown, isFailure: boolean, beside: number): ItemResult {
  const at = placeIn(value)
  const isReferred =
    at !== undefined || (isObject(value) && Object.keys(value).some((name) => referenceNames.test(name)))
  return { failed: isFailure || saysFailed(value), isReferred, beside, value, ...(at === undefined ? {} : { at }) }
}

function placeIn(value: unknown): number | undefined {
  if (!isObject(value)) return undefined
  for (const [name, place] of Object.entries(value)) {
    if (!placeNames.test(name)) continue
    if (typeof place === 'number' && Number.isInteger(place)) return place
    const text = Array.isArray(place) ? place.join('/') : place
    const number = typeof text === 'string' ? /(?:^|[/[.])(\d+)(?:$|[/\].])/.exec(text)?.[1] : undefined
    if (number !== undefined) return Number(number)
  }
  return undefined
}

function saysFailed(value: unknown, depth = 0): boolean {
  if (value === null) return true
  if (!isObject(value)) return false
  for (const name of ['status', 'statusCode', 'status_code', 'httpStatus', 'code']) {
    const status = value[name]
    if (/^[1-5]\d\d$/.test(String(status))) return Number(status) >= 400
    if (typeof status === 'string' && name === 'status' && failureWords.test(status)) return true
  }
  if ([value['success'], value['ok'], value['valid']].includes(false)) return true
  if (['error', 'errors', 'problem', 'failure'].some((name) => isTelling(value[name]))) return true
  // `{ "create": { "status": 400 } }`: a result under the name of what was done.
  const inner = Object.values(value)
  return depth === 0 && inner.length === 1 && isObject(inner[0]) && saysFailed(inner[0], 1)
}

function isTelling(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return typeof value === 'string' ? value !== '' : isObject(value) && Object.keys(value as JsonObject).length > 0
}
