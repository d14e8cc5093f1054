import type { Target } from '../target/target.ts'
import type { Recording } from './recording.ts'
import { busiestOrigin } from './target-from-recording.ts'

/** The target where it was recorded: a document may name another server than the one that was called. */
export function onRecordedOrigin(target: Target, recording: Recording): Target {
  const base = new URL(target.baseUrl)
  const isCalled = recording.exchanges.some(({ request }) => new URL(request.url).origin === base.origin)
  const origin = isCalled ? undefined : busiestOrigin(recording)
  return origin === undefined ? target : { ...target, baseUrl: origin + base.pathname.replace(/\/$/, '') }
}
