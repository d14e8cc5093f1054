import { keyPolicyOf } from '../evidence/policy-of.ts'
import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import type { HeaderLine } from '../exchange/exchange.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { replay } from '../experiments/replay.ts'
import { sameResource } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** Who counts what was created by the mark of replays counts right. */
export const idemReplayMarked: Check = {
  id: 'idem-replay-marked',
  group: 'idempotency',
  title: 'Where answers say whether they are replays, they say the truth',
  level: 'note',
  basis: 'convention',
  source: 'OASIS Repeatable Requests 1.0 §3.2.1; Stripe Idempotent-Replayed',
  async run(ask, operation) {
    const policy = keyPolicyOf(operation)
    if (policy.kind === 'none') return policy.verdict
    const { first, second } = await ask(replay)
    if (!accepted(first)) return inconclusive(`the first request with a key answered ${first.status}`, first)
    const [markOfFirst, markOfSecond] = [markOf(first), markOf(second)]
    if (markOfFirst === undefined && markOfSecond === undefined) return skip('no answer says whether it is a replay')
    const fix = 'Set the mark where the answer is taken from the record, and nowhere else.'
    if (markOfFirst !== undefined && isTrue(markOfFirst)) {
      return fail({
        message: `The answer to the first request with a key says that it is a replay: ${quote(markOfFirst.join(': '))}.`,
        fix,
        evidence: [first, second],
      })
    }
    if (
      markOfSecond !== undefined &&
      !isTrue(markOfSecond) &&
      accepted(second) &&
      sameResource(first, second) === true
    ) {
      return fail({
        message: `The answer to the retry names the resource of the first request and says that it is no replay: ${quote(markOfSecond.join(': '))}.`,
        fix,
        evidence: [second, first],
      })
    }
    return pass(first, second)
  },
}

/** The names under which services mark replays. */
const marks = /^(x-)?idempoten(t|cy)-replay(ed)?$/i

function markOf({ answer }: Attempt): HeaderLine | undefined {
  return answer.response.headers.find(([name]) => marks.test(name))
}

function isTrue([, value]: HeaderLine): boolean {
  return /^("?true"?|\?1|1|yes)$/i.test(value.trim())
}
