import { RecordUnreadableError } from './record-unreadable-error.ts'
import type { Seal } from './seal.ts'
import { isSealed, markSealed, readSealed, SEALED_VERSION } from './sealed-text.ts'
import type { Claim, RecordedAnswer } from './store.ts'
import { withoutBody } from './without-body.ts'

/** What names a record. */
type ClaimedKey = Pick<Claim, 'scope' | 'key'>

/** What a creation keeps of its answers, and how. */
export interface RecordSettings {
  /** `full`: the answer as it was given. `reference`: status and headers, no body. */
  readonly replay?: 'full' | 'reference'
  /** The largest body that is kept, in bytes of UTF-8. */
  readonly maxRecordedBytes?: number
  readonly seal?: Seal
}

/** What lies between an answer and its record. Both ways are pure and answer at once. */
export interface RecordCodec {
  /** What the store is given of an answer. */
  keep(answer: RecordedAnswer, record: ClaimedKey): RecordedAnswer
  /** The answer that a record stands for; throws {@link RecordUnreadableError}. */
  show(recorded: RecordedAnswer, record: ClaimedKey): RecordedAnswer
}

/** Makes the codec; nothing where answers are kept as they are, so that they cost nothing. */
export function createRecordCodec({ replay, maxRecordedBytes, seal }: RecordSettings): RecordCodec | undefined {
  const most = replay === 'reference' ? -1 : (maxRecordedBytes ?? Number.POSITIVE_INFINITY)
  if (most === Number.POSITIVE_INFINITY && seal === undefined) return undefined
  return {
    keep(answer, record) {
      const kept = exceeds(answer.body, most) ? withoutBody(answer) : answer
      return seal === undefined ? kept : sealAnswer(seal, kept, record)
    },
    show: (recorded, record) => (seal === undefined ? recorded : openAnswer(seal, recorded, record)),
  }
}

/** Whether a text is longer, in bytes of UTF-8; a character takes one to three, so most need not be counted. */
function exceeds(body: string | undefined, most: number): boolean {
  if (body === undefined || body.length * 3 <= most) return false
  return body.length > most || Buffer.byteLength(body) > most
}

function sealAnswer(seal: Seal, { status, headers, body }: RecordedAnswer, record: ClaimedKey): RecordedAnswer {
  const sealed = seal.seal(JSON.stringify({ headers, body }), aboutOf(status, record))
  return { status, headers: {}, body: markSealed(seal.keyId, sealed) }
}

/** Opens a sealed answer; one that was recorded before there was a seal is shown as it is. */
function openAnswer(seal: Seal, recorded: RecordedAnswer, record: ClaimedKey): RecordedAnswer {
  const { status, body } = recorded
  if (!isSealed(body)) return recorded
  const { version, keyId, sealed } = readSealed(body)
  if (version !== SEALED_VERSION) {
    throw new RecordUnreadableError(
      `The answer under this key is sealed in version ${version}, and this version of @createonce/server knows ${SEALED_VERSION}: a newer one has written it. Update @createonce/server.`,
    )
  }
  try {
    const opened = JSON.parse(seal.open(sealed, aboutOf(status, record), keyId)) as Omit<RecordedAnswer, 'status'>
    return { status, ...opened }
  } catch (cause) {
    throw new RecordUnreadableError(`The answer under this key cannot be opened with the key '${keyId}'.`, { cause })
  }
}

/** Names the record and its status, so that neither can be exchanged. No part contains a line break. */
function aboutOf(status: number, { scope, key }: ClaimedKey): string {
  return `createonce record\n${status}\n${scope}\n${key}`
}
