import type { Seal } from '../../idempotency/seal.ts'
import type { IdempotencySettings } from './settings.ts'

/** Refuses a setting that is wrong: what it must be, and what was seen. */
type Demand = (isRight: boolean, what: string, seen: unknown) => void

const KEY_ID = /^[\w.-]{1,64}$/
const PRINTABLE = /^[\x20-\x7e]*$/

/** Checks how answers are recorded. A seal is shown by the names of its members only: it may hold keys. */
export function checkRecordSettings(
  { replay = 'full', maxRecordedBytes = 1, seal }: IdempotencySettings,
  demand: Demand,
): void {
  demand(replay === 'full' || replay === 'reference', "idempotency.replay must be 'full' or 'reference'", replay)
  demand(
    Number.isSafeInteger(maxRecordedBytes) && maxRecordedBytes > 0,
    "idempotency.maxRecordedBytes must be a positive number of bytes; for no body at all write replay: 'reference'",
    maxRecordedBytes,
  )
  if (seal === undefined) return
  const { keyId, seal: close, open } = (seal ?? {}) as { keyId?: unknown; seal?: unknown; open?: unknown }
  demand(
    typeof close === 'function' && typeof open === 'function',
    'idempotency.seal must have the functions seal(text, about) and open(sealed, about, keyId), e.g. aesGcmSeal({ keys, current })',
    typeof seal === 'object' && seal !== null ? Object.keys(seal) : typeof seal,
  )
  demand(
    typeof keyId === 'string' && KEY_ID.test(keyId),
    'idempotency.seal.keyId must be 1 to 64 letters, digits, _, . and -',
    typeof keyId,
  )
  const fault = faultOf(seal)
  demand(fault === undefined, 'idempotency.seal must open what it seals, at once', fault)
}

/** Tries it once, so that a seal that can't work is found when the creation is defined, and not after a charge. */
function faultOf(seal: Seal): string | undefined {
  const [text, about] = ['{"headers":{},"body":"é 😀"}', 'createonce probe']
  try {
    const sealed: unknown = seal.seal(text, about)
    if (typeof sealed !== 'string') return `${sealed instanceof Promise ? 'a promise' : typeof sealed} from seal()`
    if (!PRINTABLE.test(sealed)) return 'text outside printable ASCII from seal()'
    const opened: unknown = seal.open(sealed, about, seal.keyId)
    return opened === text ? undefined : `${typeof opened === 'string' ? 'another text' : typeof opened} from open()`
  } catch (error) {
    return `the error: ${(error as Error).message}`
  }
}
