import type { Verdict } from '../evidence/verdict.ts'
import { isObject } from '../experiments/json-node.ts'

/** Tells whether a value from outside is a verdict, whole. */
export function isVerdict(value: unknown): value is Verdict {
  if (!isObject(value)) return false
  const { kind, evidence, message, fix, reason } = value
  const hasEvidence = Array.isArray(evidence) && evidence.every(Number.isInteger)
  if (kind === 'pass') return hasEvidence
  if (kind === 'fail') return hasEvidence && typeof message === 'string' && typeof fix === 'string'
  if (kind === 'inconclusive') return hasEvidence && typeof reason === 'string'
  return kind === 'skip' && typeof reason === 'string'
}
