import type { AdapterHarness } from './adapter/adapter-harness.ts'
import { createAdapterKit } from './adapter/adapter-kit.ts'
import { describeOverHttp2 } from './adapter/over-http2.ts'
import { describeTheAnswer } from './adapter/the-answer.ts'
import { describeTheApplication } from './adapter/the-application.ts'
import { describeTheKey } from './adapter/the-key.ts'
import { describeTheMounting } from './adapter/the-mounting.ts'
import { describeTheRequest } from './adapter/the-request.ts'
import { describeWhatBreaksOff } from './adapter/what-breaks-off.ts'
import { describeWhatIsRefused } from './adapter/what-is-refused.ts'
import type { Runner } from './runner.ts'

/**
 * The contract of an adapter: nothing of the request and nothing of the answer gets lost, over real sockets, and what is
 * around a creation stays the application's.
 *
 * Any adapter may run it; the runner's functions are passed in, and assertions are `node:assert`.
 */
export function describeAdapter(harness: AdapterHarness, runner: Runner): void {
  runner.describe(`adapter conformance: ${harness.name}`, () => {
    const kit = createAdapterKit(harness, runner)
    describeTheAnswer(kit, runner)
    describeTheRequest(kit, harness, runner)
    describeTheKey(kit, runner)
    describeWhatIsRefused(kit, harness, runner)
    describeTheMounting(kit, harness, runner)
    describeTheApplication(kit, harness, runner)
    describeWhatBreaksOff(kit, runner)
    describeOverHttp2(kit, harness, runner)
  })
}
