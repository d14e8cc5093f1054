import type { Probe } from '../doctor/probe.ts'
import type { RunbookEntry } from './entry.ts'

/** A probe of `createonce doctor`, as an entry: what to do when it is bad. */
export function fromProbe({ id, needs, how, why, mend }: Probe): RunbookEntry {
  return {
    code: id,
    kind: 'probe',
    title: needs,
    signature: `\`createonce doctor\` says that \`${id}\` is bad. ${how}`,
    meaning: why,
    firstResponse: `${mend} Then look again: \`createonce doctor\`.`,
    links: [],
  }
}
