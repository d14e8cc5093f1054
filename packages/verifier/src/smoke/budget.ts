import type { Ledger } from '../experiments/ledger.ts'
import type { Client } from '../http/client.ts'
import { guardedClient } from '../http/guarded-client.ts'
import { RequestsSpent } from '../http/recorder.ts'

/** So many requests one operation takes, with those that delete what it made. What a 429 puts off is sent again besides. */
export const mostRequests = 10

/**
 * A client for one operation, with as many requests as leave enough to delete what was made; throws
 * {@link RequestsSpent} beyond.
 */
export function budgetedClient(client: Client, ledger: Pick<Ledger, 'made'>, limit: number = mostRequests): Client {
  let sent = 0
  return guardedClient(client, (requests) => {
    // What only Location tells of is looked at before it is deleted.
    const dues = ledger.made.filter(({ removable }) => removable).map(({ proof }) => (proof === undefined ? 1 : 2))
    const due = dues.reduce((sum, one) => sum + one, 0)
    const creates = requests.filter(({ method }) => method === 'POST' || method === 'PUT').length
    if (sent + requests.length + due + creates * Math.max(1, ...dues) > limit) throw new RequestsSpent(limit)
    sent += requests.length
  })
}
