import type { Surroundings } from '../probe.ts'

/** Why a database cannot be looked for: its address stands in a variable that is not set, which a probe of its own reports. */
export function unsetVariable(
  { unset }: Surroundings,
  place: 'postgres.url' | 'redis.url' | 'sqlite.file',
): { readonly kind: 'unknown'; readonly seen: string; readonly mend: string } | undefined {
  const missing = unset.find((each) => each.place === `prerequisites.${place}`)
  if (missing === undefined) return undefined
  const { variable } = missing
  return { kind: 'unknown', seen: `the environment variable ${variable} is not set`, mend: `Set ${variable}.` }
}
