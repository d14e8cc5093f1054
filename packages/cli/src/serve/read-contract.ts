import {
  type OverrideOptions,
  parseOverrides,
  type ReadDocument,
  readDocument,
  TargetError,
} from '@createonce/verifier/document'
import type { Plan } from './plan/plan.ts'
import { toPlan } from './plan/to-plan.ts'
import type { Credentials } from './security/credentials/credentials.ts'
import { type Security, toSecurity } from './security/to-security.ts'

/** A document that is to be served, and as what. */
export interface Contract {
  readonly read: ReadDocument
  readonly plan: Plan
}

/**
 * Reads a document and decides what it is served as. Rejects with a `TargetError` where there is nothing to read, or
 * where an option names an operation that is not in it.
 */
export async function readContract(
  source: string,
  options: OverrideOptions,
  credentials: Credentials,
): Promise<Contract> {
  const overrides = parseOverrides(options)
  // What its version finds wrong is told later (document/validate-beside.ts): it keeps nothing from being served.
  const read = await readDocument(source, { validation: 'later' })
  const plan = toPlan(read.document, overrides)
  const known = new Set(
    [...plan.served, ...plan.unserved].flatMap(({ operation: { operationId, method, path } }) => [
      operationId,
      `${method} ${path}`,
    ]),
  )
  const unknown = overrides.named.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    throw new TargetError('bad-option', `The document has no operation named ${unknown.join(', ')}.`, {
      seen: [...known].filter((name) => name !== undefined).slice(0, 20),
      advice: 'Name an operation by its operationId or as "POST /orders".',
    })
  }
  return { read, plan: withoutUnenforceable(plan, toSecurity(read.document, credentials)) }
}

/** What asks for credentials that nobody can check is not served: it would be open, or closed to all. */
function withoutUnenforceable(plan: Plan, security: Security): Plan {
  const whyNot = new Map(plan.served.map((one) => [one, security.whyNot(one.operation)]))
  const refused = plan.served.flatMap((one) => {
    const why = whyNot.get(one)
    const creates = 'creation' in one.role && one.role.creation !== undefined
    return why === undefined ? [] : [{ operation: one.operation, why, creates }]
  })
  if (refused.length === 0) return plan
  const served = plan.served.filter((one) => whyNot.get(one) === undefined)
  return { ...plan, served, unserved: [...plan.unserved, ...refused] }
}
