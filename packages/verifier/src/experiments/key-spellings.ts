import type { Attempt } from './attempt.ts'
import { created } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A request with an odd key, sent twice: the second tells whether the key was taken for one. */
export interface OddKey {
  readonly name: 'unterminated quote' | 'empty' | 'two lines'
  readonly first: Attempt
  readonly second: Attempt
}

/** How the target reads the spellings of a key. */
export interface KeySpellings {
  readonly quoted: Attempt
  readonly bare: Attempt
  readonly odd: readonly OddKey[]
}

/** One key quoted and bare, and keys that are none. */
export const keySpellings: Experiment<KeySpellings> = {
  name: 'spell the key in several ways',
  async run(lab) {
    await lab.ask(created)
    const body = lab.newBody()
    const key = lab.bodies.key()
    const quoted = await lab.post({ body, keyLines: [`"${key}"`] })
    const bare = await lab.post({ body, keyLines: [key] })
    const twice = async (name: OddKey['name'], lines: () => readonly string[]): Promise<OddKey> => {
      const draft = { body: lab.newBody(), keyLines: lines() }
      return { name, first: await lab.post(draft), second: await lab.post(draft) }
    }
    const odd = [
      await twice('unterminated quote', () => [`"${lab.bodies.key()}`]),
      await twice('empty', () => ['']),
      await twice('two lines', () => [lab.bodies.key(), lab.bodies.key()]),
    ]
    return { quoted, bare, odd }
  },
}
