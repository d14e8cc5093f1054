import type { Surroundings } from './probe.ts'

/** The first variable that a member of the profile names and that is not set: what it leads to is not to be judged. */
export function unsetIn({ unset }: Surroundings, ...members: readonly string[]): string | undefined {
  return unset.find(({ place }) => members.some((member) => place === member || place.startsWith(`${member}.`)))
    ?.variable
}
