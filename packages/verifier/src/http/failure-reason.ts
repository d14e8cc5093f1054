import type { NoAnswerReason } from '../exchange/exchange.ts'

const reasons: Readonly<Record<string, NoAnswerReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ENOTFOUND: 'unresolved',
  EAI_AGAIN: 'unresolved',
}

/** Names the reason of a failed request by the error that Node gave. */
export function failureReason(error: unknown): NoAnswerReason {
  const code = (error as { code?: unknown } | undefined)?.code
  if (typeof code !== 'string') return 'failed'
  if (code in reasons) return reasons[code] as NoAnswerReason
  if (code.startsWith('HPE_')) return 'not-http'
  if (code.includes('CERT') || code.includes('SSL') || code.includes('TLS')) return 'tls'
  return 'failed'
}
