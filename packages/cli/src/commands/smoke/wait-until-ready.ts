import type { HeaderLine } from '@createonce/verifier'

/** What is asked until it answers, and for how long. */
export interface ReadinessQuestion {
  readonly url: string
  readonly headers: readonly HeaderLine[]
  /** Whether an answer means that it is ready. */
  readonly isReady: (status: number) => boolean
  readonly waitMs: number
  /** Milliseconds for one request. */
  readonly timeoutMs: number
  /** Milliseconds from any moment. @default the process's clock */
  readonly now?: () => number
  readonly sleep?: (ms: number) => Promise<void>
}

/** Ready, or how often it was asked and what was seen last. */
export type Readiness =
  | { readonly kind: 'ready'; readonly afterMs: number; readonly times: number }
  | { readonly kind: 'not ready'; readonly seen: string; readonly times: number }

// A start takes tenths of seconds or many seconds; each wait is half as long again, up to what a person notices.
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
// The last question comes when the time is over, and what it would show must not be cut off.
const LEAST_TIMEOUT_MS = 1_000

/** Asks with growing pauses until the answer says ready, or the time is over; it is asked once in any case. */
export async function waitUntilReady(question: ReadinessQuestion): Promise<Readiness> {
  const now = question.now ?? (() => performance.now())
  const sleep = question.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)))
  const started = now()
  let pause = FIRST_PAUSE_MS
  for (let times = 1; ; times++) {
    const left = () => question.waitMs - (now() - started)
    const seen = await ask(question, Math.min(question.timeoutMs, Math.max(LEAST_TIMEOUT_MS, left())))
    if (typeof seen === 'number' && question.isReady(seen)) return { kind: 'ready', afterMs: now() - started, times }
    if (left() <= 0) return { kind: 'not ready', seen: typeof seen === 'number' ? `answered ${seen}` : seen, times }
    await sleep(Math.min(pause, left()))
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)
  }
}

async function ask({ url, headers }: ReadinessQuestion, timeoutMs: number): Promise<number | string> {
  try {
    const answer = await fetch(url, {
      headers: headers.map(([name, value]) => [name, value] as [string, string]),
      // Credentials must not follow to wherever it leads.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await answer.body?.cancel()
    return answer.status
  } catch (error) {
    const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: string } }
    return name === 'TimeoutError' ? 'did not answer in time' : `was not answered (${cause?.code ?? message})`
  }
}
