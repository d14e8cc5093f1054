import { mask } from '../../config/mask.ts'
import { compareProfiles, type Side } from './compare-profiles.ts'
import { type Comparison, diffLines } from './diff-lines.ts'

/** Compares two profiles, tells what differs, and returns the exit code. */
export async function runDiff(sides: readonly [Side, Side], isJson: boolean): Promise<number> {
  const comparison = await compareProfiles(sides)
  if (typeof comparison === 'number') return comparison
  const secrets = sides.flatMap(({ chosen }) => chosen.secrets)
  process.stdout.write(mask(isJson ? toJson(comparison, sides) : diffLines(comparison), secrets))
  if (comparison.differences.length > 0) return 1
  return comparison.isJudged ? 0 : 3
}

function toJson({ differences, notes, facts }: Comparison, sides: readonly Side[]): string {
  const profiles = sides.map(({ chosen }) => ({ name: chosen.name, baseUrl: chosen.profile.baseUrl }))
  const told = differences.map((one) => ({ ...one, one: one.one ?? null, other: one.other ?? null }))
  return `${JSON.stringify({ schemaVersion: 1, profiles, facts, differences: told, notes }, null, 2)}\n`
}
