import { headerValues } from '../exchange/header-values.ts'
import type { Attempt } from '../experiments/attempt.ts'
import { isObject, stringsWithin } from '../experiments/json-node.ts'
import { plain } from '../experiments/marks.ts'

// Shorter ids turn up by chance: as a count, as a version.
const shortestTellingId = 6

/** What an answer shows of a resource of somebody else, in words; undefined when it shows nothing. */
export function foreignData(answer: Attempt, theirs: Attempt): string | undefined {
  const headers = ['location', 'content-location', 'link'].flatMap((name) => headerValues(answer.answer, name))
  const texts = [
    ...headers,
    ...stringsWithin(answer.json),
    answer.json === undefined ? answer.answer.response.body : '',
  ]
  // What both sent, such as the natural key, tells nobody anything.
  const own = new Set(stringsWithin(answer.body).map(plain))
  const mark = [...theirs.marks].find((one) => !own.has(one) && texts.some((text) => plain(text).includes(one)))
  if (mark !== undefined) return `the text ${JSON.stringify(mark)}`
  const id = theirs.id?.value
  if (id === undefined || own.has(plain(id)) || holdsId(answer.body, id)) return undefined
  // A 201 names what it created; ids that are counted for each principal may be equal.
  if (answer.status === 201 && id.length < shortestTellingId) return undefined
  const isNamed = texts.some((text) =>
    id.length >= shortestTellingId ? text.includes(id) : text.split(/[>?#"]/).some((part) => part.endsWith(`/${id}`)),
  )
  return isNamed || holdsId(answer.json, id) ? `the id ${JSON.stringify(id)}` : undefined
}

function holdsId(json: unknown, id: string): boolean {
  if (Array.isArray(json)) return json.some((item) => holdsId(item, id))
  if (!isObject(json)) return false
  return Object.entries(json).some(([name, value]) =>
    /(^|[_-])id$|[a-z]I[dD]$/.test(name) && (typeof value === 'string' || typeof value === 'number')
      ? String(value) === id
      : holdsId(value, id),
  )
}
