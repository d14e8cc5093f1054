import type { TargetError } from '@createonce/verifier'
import { documentOf } from '../document.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'

export const documentValid: Probe = {
  id: 'document-valid',
  needs: 'The OpenAPI document is valid',
  how: 'It is read as `verify` reads it: parsed, its references followed, its version brought up to date. What is wrong with it and does not keep it from being understood is a warning.',
  why: 'What is not understood is not tested; clients that are generated from it are wrong in the same places.',
  mend: 'Mend what is named; a linter (`redocly lint`) shows the lines.',
  needsApi: true,
  look: judge,
}

const INVALID: ReadonlySet<string> = new Set<TargetError['code']>(['unparseable', 'not-openapi', 'broken-reference'])
// The first few lead to the rest.
const SHOWN = 5

async function judge(surroundings: Surroundings): Promise<readonly Reading[]> {
  const subject = ''
  const found = await documentOf(surroundings)
  if (found.kind === 'refused') {
    const { code, message, seen, advice } = found.error
    if (!INVALID.has(code)) {
      return [
        { kind: 'unknown', subject, seen: code === 'no-creation' ? 'there is no creation in it' : 'it was not found' },
      ]
    }
    return [{ kind: 'bad', subject, seen: [message, ...seen.slice(0, SHOWN)].join(' '), mend: advice }]
  }
  const { warnings } = found.target
  if (warnings.length === 0) return [{ kind: 'good', subject, seen: 'understood' }]
  return warnings.slice(0, SHOWN).map((seen) => ({ kind: 'warning', subject, seen }))
}
