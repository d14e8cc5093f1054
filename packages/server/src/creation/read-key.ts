import { parseKey } from '../idempotency/key.ts'
import { type Rejection, rejected } from './rejection.ts'
import type { IdempotencyPolicy } from './settings/settings.ts'

/** Reads `Idempotency-Key` by the policy: the key, nothing, or a refusal. A key is never silently ignored. */
export function readKey(
  policy: IdempotencyPolicy,
  header: string | readonly string[] | undefined,
): string | undefined | Rejection {
  const parsed = parseKey(header === undefined ? [] : typeof header === 'string' ? [header] : header)
  switch (parsed.kind) {
    case 'absent':
      return policy === 'required'
        ? rejected(
            'idempotency-key-missing',
            'Send an Idempotency-Key: a fresh random value, such as a UUID, for each new request.',
          )
        : undefined
    case 'invalid':
      return rejected('idempotency-key-invalid', parsed.detail)
    case 'key':
      return policy === 'off'
        ? rejected(
            'idempotency-key-invalid',
            'This creation takes no Idempotency-Key; send the request without one, knowing that a retry may create twice.',
          )
        : parsed.key
  }
}
