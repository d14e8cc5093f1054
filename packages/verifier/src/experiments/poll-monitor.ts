import type { Answer } from '../exchange/exchange.ts'
import { headerValue } from '../exchange/header-values.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import type { Attempt } from './attempt.ts'
import { isReadUrl } from './is-read-url.ts'
import { parseJson } from './json-node.ts'
import type { Lab } from './lab.ts'
import { sameOrigin } from './location-url.ts'
import { carries } from './marks.ts'
import { monitorState } from './monitor-state.ts'

/** How the polling of a monitor ended. */
export type Ending =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'redirected'; readonly to: URL }
  /** What was polled is the new resource itself. */
  | { readonly kind: 'resource' }
  | { readonly kind: 'failed'; readonly explained: boolean }
  | { readonly kind: 'gone' | 'broken' }
  | { readonly kind: 'unfinished'; readonly reason: string }

/** The ending, and the answers that led to it. */
export type Polled = { readonly answers: readonly Answer[] } & Ending

// Most queues are done within a second; whoever asks for more time gets it, up to this bound, in milliseconds.
const firstWait = 100
const longestWaits = 12_000
// Where waiting takes no time, asking has to have an end of its own.
const mostPolls = 40

/** Asks the monitors of an accepted request until one tells how it ended; never earlier than Retry-After says, and not for ever. */
export async function pollMonitor(lab: Lab, attempt: Attempt, places: readonly URL[]): Promise<Polled> {
  const answers: Answer[] = []
  let [waited, backOff] = [0, firstWait]
  let last: Answer = attempt.answer
  let known: URL | undefined
  while (answers.length < mostPolls) {
    const wait = waitAfter(last) ?? backOff
    if (waited + wait > longestWaits || (lab.monitors.hopeless && answers.length > 0)) break
    await lab.sleep(wait)
    waited += wait
    backOff = Math.min(backOff * 2, 1000)
    for (const url of known === undefined ? places : [known]) {
      last = await lab.get(url.href)
      answers.push(last)
      const told = judge(lab, attempt, url, last, known !== undefined)
      if (told !== 'wait') return { ...told, answers }
      if (last.response.status < 300) known = url
      if (known !== undefined) break
    }
  }
  lab.monitors.hopeless = true
  return { kind: 'unfinished', reason: reasonOf(waited, last, known), answers }
}

function reasonOf(waited: number, last: Answer, known: URL | undefined): string {
  const asked = waitAfter(last)
  if (asked !== undefined && waited + asked > longestWaits)
    return `the target asks to come back in ${Math.round(asked / 1000)} seconds, which is longer than is waited`
  const shown = known === undefined ? `answered ${last.response.status}` : 'still told of no end'
  return `what the answer points to ${shown} after ${Math.round(waited / 1000)} seconds`
}

function judge(lab: Lab, attempt: Attempt, url: URL, answer: Answer, wasThere: boolean): Ending | 'wait' {
  const { status, body } = answer.response
  const next = headerValue(answer, 'location')
  if (status >= 300 && status < 400 && next !== undefined && URL.canParse(next, url.href)) {
    const to = new URL(next, url)
    if (sameOrigin(to, url)) return { kind: 'redirected', to }
    return { kind: 'unfinished', reason: 'the monitor leads to another host, which is not called' }
  }
  if (status === 404 || status === 410) return wasThere ? { kind: 'gone' } : 'wait'
  if (status === 401 || status === 403 || status === 405 || status === 429)
    return { kind: 'unfinished', reason: `GET on what the answer points to answered ${status}` }
  if (status === 503 && headerValue(answer, 'retry-after') !== undefined) return 'wait'
  if (status >= 500) return { kind: 'broken' }
  if (isReadUrl(url, lab) && status === 200) return { kind: 'resource' }
  const state = monitorState(answer)
  // A link that was only taken for a monitor may want something else.
  if (status >= 400 && state.kind !== 'failed') return wasThere ? { kind: 'broken' } : 'wait'
  if (state.kind === 'running') return 'wait'
  if (state.kind !== 'unknown') return state
  if (status === 201 || status === 204) return { kind: 'succeeded' }
  return carries(parseJson(body), attempt.marks) ? { kind: 'resource' } : 'wait'
}

function waitAfter(answer: Answer): number | undefined {
  // A date is compared with the clock that wrote it.
  const asked = retryAfterMs(answer.response.headers, Date.parse(headerValue(answer, 'date') ?? ''))
  return asked === undefined || Number.isNaN(asked) ? undefined : Math.max(asked, firstWait)
}
