import type { CreateContext } from '../create-context.ts'
import type { Result } from '../result.ts'
import type { DuplicateRule } from '../settings/duplicate-policy.ts'
import type { CommonSettings } from '../settings/settings.ts'

/** Everything about one creation under a name that the client chooses: `PUT /orders/{id}`. */
export type PutSettings<Input, Row, Tx, Native> = CommonSettings<Input, Row, Tx, Native> & {
  /** Only with rows and record in one transaction the unique rule can decide who was first. */
  readonly store: { readonly guarantee?: 'transactional' }
  readonly onCrash?: never
  /** The path's parameter that names the resource; the input has it as a member, so that its schema is the name's too. */
  readonly name: string
  /** Brings the resource into being; a unique rule of the table over the name decides races, not a look-up. */
  readonly create: (input: Input, context: CreateContext<Tx, Native>) => Result<Row> | Promise<Result<Row>>
  readonly insert?: never
  /**
   * Finds the resource of this name, if this principal may see it. With `replace`, on PostgreSQL, it locks the row
   * (`select … for update`): what a condition was compared with must not change until it is replaced.
   */
  readonly find: (
    name: string,
    context: CreateContext<Tx, Native>,
  ) => NoInfer<Row> | undefined | Promise<NoInfer<Row> | undefined>
  /** Replaces what exists; returns `replaced(row)`. Without it resources are created and never replaced. */
  readonly replace?: (
    row: NoInfer<Row>,
    input: Input,
    context: CreateContext<Tx, Native>,
  ) => Result<NoInfer<Row>> | Promise<Result<NoInfer<Row>>>
  /**
   * Whether a PUT must say what it expects, by `If-None-Match` or `If-Match`; without, it is 428 (RFC 6585 §3).
   * @default 'required' without `replace`, otherwise 'optional'
   */
  readonly condition?: 'required' | 'optional'
  /** What happens when another resource has the same natural key. The name itself is no part of this. */
  readonly duplicates: 'allow' | (DuplicateRule<Input, NoInfer<Row>, Tx, Native> & { readonly policy: 'reject' })
}
