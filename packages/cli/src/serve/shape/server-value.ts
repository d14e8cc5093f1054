import type { JsonSchema } from '@createonce/verifier/document'
import { makeUuid } from './make-id.ts'
import { typesOf } from './rooted.ts'
import { plain } from './spelling.ts'

/** What a server knows when it makes a resource. */
export interface Facts {
  readonly now: Date
  /** Values of members that the path or the query says, such as the ids of parents. */
  readonly members: { readonly [member: string]: unknown }
  /** Between 0 and 1, as Math.random. */
  readonly random: () => number
}

const TIMES = new Set([
  ...['created', 'updated', 'modified', 'changed', 'inserted', 'registered', 'submitted'].flatMap((verb) => [
    verb,
    ...['at', 'on', 'date', 'time', 'datetime', 'timestamp'].map((noun) => verb + noun),
    `date${verb}`,
    `time${verb}`,
    `last${verb}`,
    `last${verb}at`,
    `last${verb}on`,
    `last${verb}date`,
  ]),
  ...['creationdate', 'creationtime', 'creationtimestamp', 'lastupdate', 'lastupdatetime', 'updatedate', 'updatetime'],
  ...['createdate', 'createtime', 'createdatetime', 'timestamp', 'modificationdate'],
])
const VERSIONS = new Set(['version', 'revision', 'rev', 'lockversion', 'versionnumber'])
const GOOD = new Set(['success', 'successful', 'succeeded', 'ok'])
const COUNT = /(^(count|total)|(count|total))$/

/** Whether the name is that of a time that a server sets: of the making, or of the last change. */
export function isServerTime(name: string): boolean {
  return TIMES.has(plain(name))
}

/** Whether the server sets it anew at each change. */
export function isChangeTime(name: string): boolean {
  return isServerTime(name) && /updat|modif|chang/.test(plain(name))
}

/** What a server sets a member to that nobody sent, by its name and type; undefined where it knows nothing. */
export function serverValue(name: string, s: JsonSchema, facts: Facts): unknown {
  if (isServerTime(name)) return timeFor(s, facts.now)
  if (s['default'] !== undefined) return s['default']
  const types = typesOf(s)
  if (Array.isArray(s['enum'])) return s['enum'][0]
  const bare = plain(name)
  if (VERSIONS.has(bare)) return types.includes('string') ? '1' : 1
  // What was made has succeeded.
  if (types.includes('boolean')) return GOOD.has(bare)
  if (types.includes('array')) return []
  if ((types.includes('integer') || types.includes('number')) && COUNT.test(bare)) return 0
  if (s['format'] === 'uuid') return makeUuid(facts.random)
  if (s['format'] === 'date-time' && s['readOnly'] === true) return timeFor(s, facts.now)
  return undefined
}

function timeFor(s: JsonSchema, now: Date): unknown {
  const types = typesOf(s)
  if (types.includes('integer') || types.includes('number')) {
    const isSmall = s['format'] === 'int32' || (typeof s['maximum'] === 'number' && s['maximum'] < now.getTime())
    return isSmall ? Math.floor(now.getTime() / 1000) : now.getTime()
  }
  return s['format'] === 'date' ? now.toISOString().slice(0, 10) : now.toISOString()
}
