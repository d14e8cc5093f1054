import { neutralise } from '@createonce/verifier/document'
import type { Contract } from './read-contract.ts'

// A screen of them; the served document tells all.
const SHOWN = 20

/** What is served and what is not, as the lines that are printed at the start. */
export function startList({ read, plan }: Contract, notes: readonly string[]): readonly string[] {
  const { served, unserved } = plan
  const creations = served.filter(({ role }) => 'creation' in role && role.creation !== undefined)
  const all = creations.length + unserved.filter(({ creates }) => creates).length
  const operations = served.length + unserved.length
  return [
    `${read.title} (OpenAPI ${read.version})`,
    `serves ${served.length} of ${operations} operations, ${creations.length} of ${all} creations`,
    ...creations.slice(0, SHOWN).map(({ operation }) => `  ${operation.method} ${operation.path}`),
    ...more(creations.length),
    ...(unserved.length === 0 ? [] : ['not served, answered 501:']),
    // Those that would create come first: they are what is missed.
    ...[...unserved]
      .sort((one, other) => Number(other.creates) - Number(one.creates))
      .slice(0, SHOWN)
      .map(({ operation, why }) => `  ${operation.method} ${operation.path}: ${why}`),
    ...more(unserved.length),
    ...[...read.warnings, ...notes].slice(0, SHOWN).map((note) => `note: ${note}`),
    ...more(read.warnings.length + notes.length),
  ].map((line) => neutralise(line))
}

function more(count: number): readonly string[] {
  return count > SHOWN ? [`  … and ${count - SHOWN} more: /openapi.json tells all of them`] : []
}
