import { creationOfNoun, nounOf } from './creation-of-noun.ts'
import { effectiveSchema } from './effective-schema.ts'
import { isRecord } from './is-record.ts'
import type { Creation, JsonSchema, ReferenceLink } from './target.ts'
import { singularOf, wordsOf } from './words.ts'

// The lines of an order are as deep as references go as a rule; entities nested in a body carry their own ids.
const MAX_DEPTH = 1

/**
 * Body members that seem to name what another creation creates: `authorId`, `author_id`, the first of `tagIds`, the
 * `bookId` in the first of an order's lines, and `author` where it is a number or a UUID.
 */
export function findReferences(creation: Creation, all: readonly Creation[]): readonly ReferenceLink[] {
  const root = creation.body?.schema
  if (root === undefined) return []
  const ownNoun = nounOf(creation)
  const links: ReferenceLink[] = []
  collect(root, '', true, 0)
  return links

  function isOther(other: Creation): boolean {
    return nounOf(other) !== ownNoun
  }

  function collect(schema: unknown, pointer: string, required: boolean, depth: number): void {
    if (depth > MAX_DEPTH) return
    const effective = effectiveSchema(schema, root as JsonSchema)
    const properties = isRecord(effective['properties']) ? effective['properties'] : {}
    const needed = new Set(Array.isArray(effective['required']) ? effective['required'] : [])
    for (const [name, member] of Object.entries(properties)) {
      const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      const own = effectiveSchema(member, root as JsonSchema)
      const isRequired = required && needed.has(name)
      const item = own['type'] === 'array' ? effectiveSchema(own['items'], root as JsonSchema) : undefined
      const target = creationOfNoun(referredNoun(name, item ?? own), all, isOther)
      if (target !== undefined) {
        links.push({ pointer: item === undefined ? place : `${place}/0`, creation: target.id, required: isRequired })
      } else if (item !== undefined && isRequired) {
        collect(item, `${place}/0`, isRequired, depth + 1)
      }
    }
  }
}

/** The noun that a member refers to, `''` where it is no reference. */
function referredNoun(name: string, schema: JsonSchema): string {
  const types = [schema['type']].flat()
  if (schema['readOnly'] === true || !(types.includes('string') || types.includes('integer'))) return ''
  const words = wordsOf(name)
  const nouns = words.map(singularOf)
  if (words.length > 1 && ['id', 'uuid'].includes(nouns.at(-1) as string)) return nouns.slice(0, -1).join('-')
  return types.includes('integer') || schema['format'] === 'uuid' ? nouns.join('-') : ''
}
