import type { Thing } from './put-decisions.ts'
import type { PutStyle } from './put-style.ts'
import type { PutWords } from './put-words.ts'

/** What is wrong with a body, all of it; its own name has to agree with the path. */
export function putFaults(
  input: unknown,
  style: PutStyle,
  words: PutWords,
  name: string | undefined,
  isOwn: boolean,
): readonly { pointer: string; detail: string }[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return [{ pointer: '', detail: 'must be an object' }]
  const thing = input as Thing
  const faults: { pointer: string; detail: string }[] = []
  const wrong = (member: string, detail: string) =>
    faults.push({ pointer: `/${member}`, detail: `${member} ${detail}` })
  const isText = (value: unknown, least: number, most: number) =>
    typeof value === 'string' && [...value].length >= least && [...value].length <= most
  if (name !== undefined && !isName(name, style)) wrong(words.parameter, 'is no name')
  if (!isText(thing[words.title], 1, 200)) wrong(words.title, 'must be text')
  if (!isOwn) return faults
  const count = thing[words.count]
  if (!Number.isInteger(count) || Number(count) < 0 || Number(count) > 1000) wrong(words.count, 'must be 0 to 1000')
  const note = thing[words.note]
  if (note !== undefined && !isText(note, 0, 500)) wrong(words.note, 'must be text')
  const own = thing[words.id]
  // A POST may name what it creates, too.
  const isNamed = style.posts === 'takes ids' && name === undefined && own !== undefined
  const isOfKind = typeof own === (style.names === 'integer' ? 'number' : 'string')
  if (isNamed && !(isOfKind && isName(String(own), style))) wrong(words.id, 'is no name')
  if (name !== undefined && style.ownId !== 'none') {
    if (own === undefined ? style.ownId === 'required' : !isOfKind || String(own) !== name)
      wrong(words.id, 'must agree with the path')
  }
  return faults
}

function isName(name: string, { names }: PutStyle): boolean {
  if (names === 'integer') return /^[1-9]\d{0,9}$/.test(name)
  if (names === 'uuid') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)
  return names === 'slug' ? /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) : name !== ''
}
