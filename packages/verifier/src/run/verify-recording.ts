import { withOwnChecks } from '../own/with-own-checks.ts'
import { judgeRecording } from '../recording/judge-recording.ts'
import { onRecordedOrigin } from '../recording/on-recorded-origin.ts'
import { recordedCreates } from '../recording/recorded-creates.ts'
import type { Recording } from '../recording/recording.ts'
import type { Report } from '../report/report.ts'
import { toReport } from '../report/to-report.ts'
import type { RunEvent } from './run-event.ts'
import { selectChecks, selectCreations } from './select.ts'
import type { OperationOutcome } from './verify-operation.ts'
import type { VerifyOptions } from './verify-options.ts'

/** Judges the creations of a recording, by what it shows. Operations of the document that it does not hold are left out. */
export async function* verifyRecording(
  options: VerifyOptions & { readonly recording: Recording },
): AsyncGenerator<RunEvent, Report> {
  const { recording } = options
  const target = onRecordedOrigin(options.target, recording)
  const checks = selectChecks(withOwnChecks(options.ownChecks, options), options)
  const schemaIsGuess = target.document.version === 'recording'
  const operationOf = (creation: (typeof target.creations)[number]) => ({ creation, target, schemaIsGuess })
  // An operation that the user names is told about, also where the recording has none of it.
  const creations = selectCreations(target.creations, options.operations).filter(
    (creation) => options.operations !== undefined || recordedCreates(recording, operationOf(creation)).length > 0,
  )
  const startedAt = (options.now ?? (() => new Date()))()
  const started = performance.now()
  const outcomes = new Map<string, OperationOutcome>()
  yield { kind: 'started', operations: creations.map(({ id }) => id), checks: checks.map(({ id }) => id), seed: 0 }
  for (const creation of creations) {
    if (options.signal?.aborted) break
    yield { kind: 'operation-started', operation: creation.id }
    const outcome = await judgeRecording(recording, operationOf(creation), checks)
    outcomes.set(creation.id, outcome)
    for (const [check, { kind }] of outcome.verdicts) {
      yield { kind: 'check-finished', operation: creation.id, check, verdict: kind }
    }
    yield { kind: 'operation-finished', operation: creation.id, judged: outcome.unjudged === undefined }
  }
  const durationMs = Math.round(performance.now() - started)
  yield { kind: 'finished', requests: 0, durationMs }
  const { exchanges } = recording
  return toReport({
    ...{ options, target, creations, checks, outcomes, exchanges, startedAt, durationMs },
    ...{ leftovers: [], seed: 0, requests: 0 },
  })
}
