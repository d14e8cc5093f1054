import type { Surroundings } from '../probe.ts'

/** Why a server cannot be called: its address stands in a variable that is not set. */
export function unsetUrl(
  { unset }: Surroundings,
  server: 'postgres' | 'redis',
): { readonly kind: 'bad'; readonly seen: string; readonly mend: string } | undefined {
  const missing = unset.find(({ place }) => place === `prerequisites.${server}.url`)
  if (missing === undefined) return undefined
  const { variable } = missing
  return { kind: 'bad', seen: `the environment variable ${variable} is not set`, mend: `Set ${variable}.` }
}
