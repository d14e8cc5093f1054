import { neutralise } from '@createonce/verifier'
import type { Placed } from './place-file.ts'
import type { Project } from './project.ts'

const WORDS = { written: 'written', new: 'would be written', same: 'is there already', left: 'left as it is' } as const
// More than a screen of it helps nobody.
const SHOWN = 40

/** What was found, what was done, and what to do next, as lines for the terminal. */
export function initLines(project: Project, placed: readonly Placed[], isDry: boolean): string[] {
  return [
    found(project),
    '',
    ...placed.flatMap((one) => [`${WORDS[one.outcome]}: ${one.path} (${one.what})`, ...difference(one)]),
    ...(project.hasManifest ? [] : ['left out: workflow and contract test, for there is no package.json here']),
    '',
    ...next(project, isDry),
  ].map(neutralise)
}

function found({ framework, isTypeScript, packageManager, testRunner, hasManifest, start, baseUrl }: Project): string {
  if (!hasManifest) return `Found: no package.json; the service is taken to answer at ${baseUrl}`
  const language = isTypeScript ? 'TypeScript' : 'JavaScript'
  const parts = [framework ?? 'no framework that is known', language, packageManager.name, testRunner]
  return `Found: ${parts.join(', ')}; started by "${start}", taken to answer at ${baseUrl}`
}

function difference({ outcome, changes, path }: Placed): string[] {
  if (outcome !== 'left') return []
  if (changes === undefined) return [`  it cannot be compared; to see a new one, move ${path} away first`]
  const shown = changes.slice(0, SHOWN).map((line) => `  ${line}`)
  const more = changes.length - shown.length
  return [
    '  it differs from what would be written: - is yours, + is new',
    ...shown,
    ...(more > 0 ? [`  … ${more} more lines`] : []),
  ]
}

function next({ hasCreateonce, hasManifest, start, baseUrl }: Project, isDry: boolean): string[] {
  if (isDry) return ['Nothing was written. Without --dry-run, it is.']
  const steps = [
    ...(hasCreateonce || !hasManifest
      ? []
      : ['put createonce among the devDependencies: what was written calls npx --no-install createonce']),
    `see that the service answers at ${baseUrl}: the configuration ${hasManifest ? 'and the contract test say' : 'says'} so`,
    hasManifest
      ? `start the service (${start}), and: npx --no-install createonce verify --profile local`
      : 'start the service, and: createonce verify --profile local',
  ]
  return ['Next:', ...steps.map((step, index) => `${index + 1}. ${step}`)]
}
