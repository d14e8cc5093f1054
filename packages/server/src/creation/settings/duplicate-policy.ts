import type { CreateContext } from '../create-context.ts'

type Find<Input, Row, Tx, Native> = (
  input: Input,
  context: CreateContext<Tx, Native>,
) => Row | undefined | Promise<Row | undefined>

/** The names of the members of one of these; any name where nothing is known of them. */
type MemberOf<T> = unknown extends T ? string : T extends unknown ? Extract<keyof T, string> : never

/** What happens when a resource with the same natural key exists. */
export type DuplicateRule<Input, Row, Tx, Native> =
  | {
      /** 409 `duplicate-resource` (JSON:API, AIP-133, Zalando #231). */
      readonly policy: 'reject'
      /** The members that make two resources the same one. */
      readonly naturalKey: readonly MemberOf<Input | Row>[]
      /** Finds the existing resource if this principal may see it; the answer then links it. */
      readonly find?: Find<Input, Row, Tx, Native>
    }
  | {
      /** 200 with Location of the existing resource (Zalando #251, FHIR conditional create). */
      readonly policy: 'return-existing'
      readonly naturalKey: readonly MemberOf<Input | Row>[]
      /** Finds the existing resource if this principal may see it; without one the answer is 409. */
      readonly find: Find<Input, Row, Tx, Native>
    }

/**
 * Whether a broken unique rule is about the natural key. Databases name columns and authors name members, so
 * `publisher_id` and `publisherId` count as one. A database that names nothing is believed.
 */
export function isAboutNaturalKey(columns: readonly string[], naturalKey: readonly string[]): boolean {
  if (columns.length === 0) return true
  const members = new Set(naturalKey.map(fold))
  return columns.some((column) => members.has(fold(column)))
}

function fold(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}
