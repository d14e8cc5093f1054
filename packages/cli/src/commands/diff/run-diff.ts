import { randomInt } from 'node:crypto'
import type { ChosenProfile } from '../../config/choose-profile.ts'
import { mask } from '../../config/mask.ts'
import type { ProfiledFlags } from '../../config/to-verify-flags.ts'
import { Interrupted } from '../interrupted.ts'
import { tryDeployment } from '../smoke/try-deployment.ts'
import { compareFacts } from './compare-facts.ts'
import { type Comparison, diffLines } from './diff-lines.ts'
import type { Fact } from './fact.ts'
import { factsOf, type TriedEnvironment } from './facts-of.ts'
import { healthFacts } from './health-facts.ts'
import { latencyNotes } from './latency-notes.ts'

/** A profile, and the options that it stands for. */
export interface Side extends ProfiledFlags {
  readonly chosen: ChosenProfile
}

/** Runs the same workflow on two profiles, tells what differs, and returns the exit code. */
export async function runDiff(sides: readonly [Side, Side], isJson: boolean): Promise<number> {
  const names = [sides[0].chosen.name, sides[1].chosen.name] as const
  // One seed gives bodies of one shape, and where one side may only be read, so is the other.
  const seed = sides[0].flags.seed ?? randomInt(2 ** 31)
  const readOnly = sides.some(({ flags }) => flags.readOnly === true)
  const tried: (TriedEnvironment & { readonly facts: readonly Fact[] })[] = []
  for (const { chosen, flags, target } of sides) {
    const { profile, name } = chosen
    process.stderr.write(`${name}: `)
    const source = { kind: 'document', name: target } as const
    const ended = await tryDeployment(source, { ...flags, seed, ...(readOnly && { readOnly }) }, profile, 'all')
    if (typeof ended === 'number') return ended
    if (ended.isInterrupted) throw new Interrupted()
    const { publicBaseUrl, ready = '/health/ready' } = profile
    const environment = { ...ended, ...(publicBaseUrl !== undefined && { publicBaseUrl }) }
    const health = await healthFacts(ended.target.baseUrl, ready, flags.header ?? [], flags.timeout)
    tried.push({ ...environment, facts: [...factsOf(environment), ...health] })
  }
  const [one, other] = tried as [(typeof tried)[0], (typeof tried)[0]]
  const comparison: Comparison = {
    names,
    differences: compareFacts(one.facts, other.facts),
    notes: [
      ...latencyNotes(names, [one.report, other.report]),
      ...[one, other].flatMap(({ report }) => report.leftovers.map((left) => `left behind in the target: ${left}`)),
    ],
    facts: new Set([...one.facts, ...other.facts].map(({ subject, name }) => `${subject}\n${name}`)).size,
  }
  const secrets = sides.flatMap(({ chosen }) => chosen.secrets)
  process.stdout.write(mask(isJson ? toJson(comparison, sides) : diffLines(comparison), secrets))
  if (comparison.differences.length > 0) return 1
  // What was judged on neither side is not the same by being unknown.
  return one.report.operations.every(({ judged }) => judged) ? 0 : 3
}

function toJson({ differences, notes, facts }: Comparison, sides: readonly Side[]): string {
  const profiles = sides.map(({ chosen }) => ({ name: chosen.name, baseUrl: chosen.profile.baseUrl }))
  const told = differences.map((one) => ({ ...one, one: one.one ?? null, other: one.other ?? null }))
  return `${JSON.stringify({ schemaVersion: 1, profiles, facts, differences: told, notes }, null, 2)}\n`
}
