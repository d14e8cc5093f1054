import { fail, inconclusive, pass, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { type PutIfAbsent, putIfAbsent } from '../experiments/put-if-absent.ts'
import type { Check } from './check.ts'

const fix =
  'Evaluate If-None-Match: * in the statement that writes (INSERT … ON CONFLICT DO NOTHING), and answer 412 where something was there.'

/** Without this condition, two clients that choose the same name overwrite each other. */
export const ifNoneMatchStar: Check = {
  id: 'if-none-match-star',
  group: 'conditional requests',
  title: 'A PUT with If-None-Match: * creates at a free URL, and answers 412 where something is',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §13.1.2, §13.2; Zalando #182',
  methods: ['PUT'],
  async run(ask) {
    const tried = await ask(putIfAbsent)
    const { before, first, second, shown } = tried
    if (second === undefined || shown === undefined) return judgeFirst(tried)
    if (first.status === 202) return inconclusive('the PUT was only accepted (202)', first)
    const evidence = [second, first, shown.answer]
    if (second.status === 412) {
      return shown.what === 'second'
        ? fail({
            message: `A PUT with If-None-Match: * to what exists answered 412, and replaced it all the same.`,
            fix,
            evidence,
          })
        : pass(first, second, shown.answer, before)
    }
    if (accepted(second)) {
      if (shown.answer.response.status !== 200)
        return inconclusive('nothing shows whether there was anything at the URL', ...evidence)
      const outcome = shown.what === 'second' ? ' and replaced it' : ''
      return fail({
        message: `A PUT with If-None-Match: * to what exists answered ${second.status}${outcome}. RFC 9110 §13.1.2: an origin server MUST NOT perform the method then, and answers 412 (Precondition Failed).`,
        fix,
        evidence,
      })
    }
    return judgeRefusal(second, tried)
  },
}

function judgeFirst({ before, first }: PutIfAbsent): Verdict {
  const isFree = before.response.status === 404 || before.response.status === 410
  if (first.status !== 412 || !isFree)
    return inconclusive(`a PUT with If-None-Match: * answered ${first.status}`, first)
  return fail({
    message: `Nothing is at ${first.answer.request.url}, and a PUT there with If-None-Match: * answers 412. The condition is true where no representation exists (RFC 9110 §13.1.2).`,
    fix: 'Compare "*" with whether there is a representation at all, not with a tag.',
    evidence: [first, before],
  })
}

function judgeRefusal(second: Attempt, { first, plain, shown }: PutIfAbsent): Verdict {
  const { status } = second
  const evidence = [second, first, ...(plain === undefined ? [] : [plain])]
  if ([401, 403, 429, 502, 503, 504].includes(status))
    return inconclusive(`the second PUT answered ${status}`, ...evidence)
  // What cannot be replaced without the condition either is refused before it is asked about (RFC 9110 §13.2.1).
  if (plain?.status === status && status < 500) return pass(second, first, plain)
  const isCrash = status >= 500
  return fail({
    message: `A PUT with If-None-Match: * to what exists answers ${status}; RFC 9110 §13.1.2 has 412 (Precondition Failed) for it.`,
    fix,
    evidence: [...evidence, ...(shown === undefined ? [] : [shown.answer])],
    // It is refused all the same, for a reason that a client may misread.
    ...(isCrash ? {} : { level: 'warning' as const }),
  })
}
