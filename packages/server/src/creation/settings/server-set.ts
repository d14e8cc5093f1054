import type { ReadBody } from '../read-body.ts'

/** The members that only the server sets, and what becomes of a client's. */
export interface ServerSet {
  /** Members of the body itself; what deeper objects hold is the schema's to say. */
  readonly members: readonly string[]
  /**
   * `refuse`: 400 `invalid-input` with the member's pointer, beside all other faults. `strip`: left out before
   * validation; the fingerprint stays that of what was sent.
   * @default 'refuse'
   */
  readonly policy?: 'refuse' | 'strip'
}

/** The body without what the server sets, so that no schema lets it through, and a fault for each that is refused. */
export function takeServerSet(
  { value, faults }: Pick<ReadBody, 'value' | 'faults'>,
  serverSet: readonly string[] | ServerSet,
): Pick<ReadBody, 'value' | 'faults'> {
  const { members, policy } = 'members' in serverSet ? serverSet : { members: serverSet, policy: 'refuse' }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value, faults }
  const sent = members.filter((name) => Object.hasOwn(value, name))
  if (sent.length === 0) return { value, faults }
  const left: Record<string, unknown> = { ...value }
  for (const name of sent) delete left[name]
  if (policy === 'strip') return { value: left, faults }
  const refused = sent.map((name) => ({ pointer: `/${name}`, detail: 'is set by the server' }))
  return { value: left, faults: [...faults, ...refused] }
}
