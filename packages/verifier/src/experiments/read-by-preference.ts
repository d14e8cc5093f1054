import type { Answer } from '../exchange/exchange.ts'
import { createdRead } from './created.ts'
import type { Experiment } from './experiment.ts'

/** A preference by which a GET of what was created is answered otherwise, with the answers that show it. */
export interface ReadByPreference {
  readonly preference: string
  readonly plain: Answer
  readonly preferred: Answer
  /** Whether the same request, with and without the preference, was answered the same again. */
  readonly isSteady: boolean
}

/** The preferences that RFC 7240 defines for what an answer holds; by default a server answers as by one of them. */
const preferences = ['return=minimal', 'return=representation']

/** Reads what was created with preferences; undefined where there is nothing to read. */
export const readByPreference: Experiment<readonly ReadByPreference[] | undefined> = {
  name: 'read what was created with preferences',
  async run(lab) {
    const read = await lab.ask(createdRead)
    // A recording does not tell which of its reads came with a preference.
    if (read.kind !== 'read' || lab.isRecorded) return undefined
    const plain = read.answer
    const { url } = plain.request
    const prefer = (value: string) => lab.send({ method: 'GET', url, headers: [['Prefer', value]] })
    const found: ReadByPreference[] = []
    for (const preference of preferences) {
      const preferred = await prefer(preference)
      if (!isSuccess(preferred) || isAlike(plain, preferred)) continue
      // Counters and clocks differ from read to read; a preference differs with itself alone.
      const isSteady = isAlike(plain, await lab.get(url)) && isAlike(preferred, await prefer(preference))
      found.push({ preference, plain, preferred, isSteady })
    }
    return found
  },
}

function isSuccess({ response: { status } }: Answer): boolean {
  return status >= 200 && status < 300
}

function isAlike(one: Answer, other: Answer): boolean {
  return one.response.status === other.response.status && one.response.body === other.response.body
}
