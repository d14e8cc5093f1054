import { type Rejection, rejected } from '../rejection.ts'
import { within } from './read-items.ts'

/** An item that was refused. */
export interface RefusedItem {
  readonly index: number
  readonly rejection: Rejection
}

/**
 * One problem for all items that were refused, of the kind of the first one (RFC 9457 §3 has one problem type for each
 * answer). `errors` points at every item of that kind.
 *
 * @param createdAt - the items of this request by their Location: what a duplicate of one of them would link is undone.
 */
export function refuseItems(refused: readonly RefusedItem[], createdAt: ReadonlyMap<string, number>): Rejection {
  const { code, status, headers, members } = refused[0]!.rejection
  const same = refused.filter(({ rejection }) => rejection.code === code)
  const errors = same.flatMap((item) => toErrors(item, createdAt))
  const which = same.length === 1 ? 'One item is' : `${same.length} items are`
  return rejected(code, `${which} refused. Nothing was created.`, {
    ...(status !== undefined && { status }),
    ...(headers !== undefined && { headers }),
    members: { ...('fields' in (members ?? {}) && { fields: members!['fields'] }), errors },
  })
}

function toErrors({ index, rejection }: RefusedItem, createdAt: ReadonlyMap<string, number>): readonly object[] {
  const own = within(index, rejection)
  if (own.length > 0) return own
  const pointer = `/${index}`
  const existing = rejection.members?.['existing']
  if (typeof existing !== 'string') return [{ pointer, detail: rejection.detail }]
  const twin = createdAt.get(existing)
  if (twin === undefined) return [{ pointer, detail: rejection.detail, existing }]
  return [{ pointer, detail: `is the same resource as the item at /${twin}` }]
}
