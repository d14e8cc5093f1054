import type { Experiment } from './experiment.ts'
import { type Listing, listCollection } from './list-collection.ts'
import { type NamedTries, namedTries } from './named-tries.ts'

/** The header line that a split Location would bring about. */
export const canaryHeader = 'X-Createonce-Canary'

/** Names that a header cannot hold, and the collection after them. */
export const headerBreakers: Experiment<{ readonly tries: NamedTries; readonly listing?: Listing }> = {
  name: 'create with names that no header can hold',
  async run(lab) {
    const tries = await namedTries(lab, (token) => [
      { name: 'a letter beyond Latin-1', values: [`${token}č`] },
      { name: 'Japanese', values: [`${token}日本`] },
      ...(lab.hostile
        ? [
            { name: 'a line break', values: [`${token}\r\n${canaryHeader}: 1`] },
            { name: 'an encoded line break', values: [`${token}%0d%0a${canaryHeader}: 1`] },
            // Cut to a byte each they are CR and LF.
            { name: 'U+010D U+010A', values: [`${token}\u010d\u010a${canaryHeader}: 1`] },
            { name: 'NUL', values: [`${token}\u0000x`] },
          ]
        : []),
    ])
    return tries.kind === 'impossible' ? { tries } : { tries, listing: await listCollection(lab) }
  },
}
