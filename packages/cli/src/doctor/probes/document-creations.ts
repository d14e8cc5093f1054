import { documentOf } from '../document.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'

export const documentCreations: Probe = {
  id: 'document-creations',
  needs: 'The OpenAPI document describes a creation',
  how: 'The operations of the document that create a resource are counted, as `verify` understands them.',
  why: 'Without one, `smoke` and `verify` have nothing to do.',
  mend: 'Declare a 201 for the operation that creates.',
  needsApi: true,
  look: async (surroundings) => [await judge(surroundings)],
}

// More names than these are a list, and no glance.
const SHOWN = 4

async function judge(surroundings: Surroundings): Promise<Reading> {
  const subject = ''
  const found = await documentOf(surroundings)
  if (found.kind === 'understood') {
    const ids = found.target.creations.map(({ id }) => id)
    const more = ids.length > SHOWN ? `, and ${ids.length - SHOWN} more` : ''
    return { kind: 'good', subject, seen: `${ids.slice(0, SHOWN).join(', ')}${more}` }
  }
  if (found.error.code !== 'no-creation') return { kind: 'unknown', subject, seen: 'the document was not understood' }
  return { kind: 'bad', subject, seen: found.error.seen.slice(0, SHOWN).join('; '), mend: found.error.advice }
}
