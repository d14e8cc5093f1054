import { ask } from '../ask.ts'
import { listUrlsOf } from '../list-urls.ts'
import type { Probe, Reading, Surroundings } from '../probe.ts'
import { unsetIn } from '../unset-in.ts'

export const credentialsAccepted: Probe = {
  id: 'credentials-accepted',
  needs: 'The API accepts the credentials of the profile',
  how: 'A list of the document is read with `headers`, and with `otherHeaders` where there are some: the answer is neither 401 nor 403. A 403 where nobody at all gets 401 instead is a warning: who may not list may yet create.',
  why: 'Every request that is meant to create would be refused.',
  mend: 'Renew the credential in its environment variable; it may have expired, or be that of another environment.',
  needsApi: true,
  look: async (surroundings) => {
    const lists = (await listUrlsOf(surroundings)).slice(0, TRIED)
    const { headers, otherHeaders } = surroundings.profile
    return Promise.all([
      judge(surroundings, lists, 'headers', headers ?? {}),
      ...(otherHeaders === undefined ? [] : [judge(surroundings, lists, 'otherHeaders', otherHeaders)]),
    ])
  },
}

// One that is open to this principal is enough.
const TRIED = 3

async function judge(
  surroundings: Surroundings,
  lists: readonly string[],
  subject: 'headers' | 'otherHeaders',
  headers: Readonly<Record<string, string>>,
): Promise<Reading> {
  const variable = unsetIn(surroundings, subject, 'baseUrl')
  if (variable !== undefined) return { kind: 'unknown', subject, seen: `${variable} is not set` }
  const statuses = await Promise.all(lists.map((url) => statusOf(surroundings, url, headers)))
  const seen = statuses.map((status, index) => `${status} from ${lists[index]}`)
  const open = statuses.findIndex((status) => status !== undefined && status >= 200 && status < 300)
  if (open !== -1) return { kind: 'good', subject, seen: seen[open]! }
  const unauthorized = statuses.indexOf(401)
  if (unauthorized !== -1) {
    if (Object.keys(headers).length > 0) return { kind: 'bad', subject, seen: seen[unauthorized]! }
    // Whoever reads nothing may still create: a form for contacts is open to everybody, and its entries are not.
    const mend = 'If creations need credentials, name their header in the profile: `headers`.'
    return { kind: 'warning', subject, seen: `${seen[unauthorized]}; the profile sends none`, mend }
  }
  const forbidden = statuses.indexOf(403)
  if (forbidden === -1) return { kind: 'unknown', subject, seen: seen[0] ?? 'there is no list to try them on' }
  const anonymous = await statusOf(surroundings, lists[forbidden]!, {})
  if (anonymous === 401 || Object.keys(headers).length === 0) {
    return { kind: 'warning', subject, seen: `${seen[forbidden]}: known, and not allowed to list` }
  }
  return { kind: 'bad', subject, seen: `${seen[forbidden]}, as without any` }
}

async function statusOf(
  surroundings: Surroundings,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const answer = await ask(surroundings, url, headers)
  return answer.kind === 'failed' ? undefined : answer.status
}
