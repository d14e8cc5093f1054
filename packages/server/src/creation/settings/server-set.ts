import type { ReadBody } from '../read-body.ts'
import type { StandardSchema } from './standard-schema.ts'

/** The members that only the server sets, and what becomes of a client's. */
export interface ServerSet<Name extends string = string> {
  /** Members of the body itself; what deeper objects hold is the schema's to say. */
  readonly members: readonly Name[]
  /**
   * `refuse`: 400 `invalid-input` with the member's pointer, beside all other faults. `strip`: left out before
   * validation; the fingerprint stays that of what was sent.
   * @default 'refuse'
   */
  readonly policy?: 'refuse' | 'strip'
}

/** The members that a schema takes, as far as it names them. */
type NamedIn<Sent> = keyof { [Name in keyof Sent as string extends Name ? never : Name]: true }

/** `serverSet` beside its schema: what the server sets is nothing that the schema takes from a client. */
export interface ServerSetBeside<Input, Sent, Name extends string> {
  readonly input: StandardSchema<Input, Sent>
  readonly serverSet?: (readonly Name[] | ServerSet<Name>) &
    (string extends Name
      ? unknown
      : [Name & NamedIn<Sent>] extends [never]
        ? unknown
        : { readonly 'the schema takes what the server sets': Name & NamedIn<Sent> })
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
