import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { anonymous } from '../experiments/anonymous.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import type { Check } from './check.ts'

/** Who is asked for credentials has to be told which; who has none is told nothing else. */
export const authChallenge401: Check = {
  id: 'auth-challenge-401',
  group: 'errors',
  title: 'Without valid credentials the answer is 401 with a challenge, before anything else',
  level: 'error',
  basis: 'standard',
  source: 'RFC 9110 §15.5.2, §11.6.1; AIP-193',
  methods: ['POST', 'PUT'],
  async run(ask, operation) {
    const tried = await ask(anonymous)
    if (tried.kind === 'open') return skip('no credentials were given, so none can be left out')
    const { valid, others, impostor, traces } = tried
    const isDeclared = operation.creation.security.length > 0
    if (accepted(valid)) {
      if (!isDeclared) return skip('creates without credentials are accepted, and the document does not ask for any')
      return fail({
        message: `The document asks for credentials (${operation.creation.security.join(', ')}), and a create without them answered ${valid.status}.`,
        fix: 'Check the credentials before the handler runs, for every route that the document protects.',
        evidence: [valid],
      })
    }
    const [trace] = traces
    if (trace !== undefined) {
      return fail({
        message: `A create without valid credentials answered ${trace.status}, and what it sent is in the collection.`,
        fix: 'Check the credentials before anything is written.',
        evidence: [trace, ...(tried.listing?.kind === 'listed' ? [tried.listing.evidence] : [])],
      })
    }
    if (impostor !== undefined && accepted(impostor)) {
      return fail({
        message: `A create without credentials answered ${valid.status}, and one with credentials that nobody gave out answered ${impostor.status}.`,
        fix: 'Verify the credentials, not only that there are some.',
        evidence: [impostor, valid],
      })
    }
    const verdicts = [
      judgeRefusal(valid, 'without credentials'),
      ...(impostor === undefined ? [] : [judgeImpostor(impostor)]),
    ]
    const red = verdicts.filter((verdict) => verdict.kind === 'fail')
    const severe = red.find(({ level }) => level === undefined)
    if (severe !== undefined) return severe
    const early = others.find(({ tried: one }) => one.kind === 'answered' && isOracle(one.attempt, valid))
    if (early?.tried.kind === 'answered') {
      const { attempt } = early.tried
      return fail({
        message: `Without credentials a valid body is answered ${valid.status}, and ${early.name} ${attempt.status}: strangers are told what would be accepted.`,
        fix: 'Check the credentials before the content: before validation, duplicates and keys.',
        evidence: [attempt, valid],
        level: 'warning',
      })
    }
    return red[0] ?? verdicts.find(({ kind }) => kind === 'inconclusive') ?? pass(valid)
  },
}

function isOracle(attempt: Attempt, valid: Attempt): boolean {
  return attempt.status !== valid.status && [200, 201, 400, 409, 422].includes(attempt.status)
}

function judgeImpostor(attempt: Attempt): Verdict {
  // What is no token at all may be called malformed (RFC 6750 §3.1).
  return attempt.status === 400 ? pass(attempt) : judgeRefusal(attempt, 'with wrong credentials')
}

function judgeRefusal(attempt: Attempt, how: string): Verdict {
  const { status } = attempt
  if ([429, 502, 503, 504].includes(status)) return inconclusive(`a create ${how} answered ${status}`, attempt)
  // Hiding that there is anything is allowed (RFC 9110 §15.5.4).
  if (status === 404) return pass(attempt)
  if (status >= 500) {
    return fail({
      message: `A create ${how} answered ${status}.`,
      fix: 'Answer 401 with WWW-Authenticate when credentials are missing or wrong.',
      evidence: [attempt],
    })
  }
  if (status !== 401) {
    return fail({
      message: `A create ${how} answered ${status}; 401 with a challenge would tell the client what to do.`,
      fix: 'Answer 401 with WWW-Authenticate when credentials are missing or wrong, and 403 when they do not suffice.',
      evidence: [attempt],
      level: 'note',
    })
  }
  if (headerValues(attempt.answer, 'www-authenticate').some((line) => line.trim() !== '')) return pass(attempt)
  return fail({
    message: `A create ${how} answered 401 without WWW-Authenticate. RFC 9110 §15.5.2: "The server generating a 401 response MUST send a WWW-Authenticate header field".`,
    fix: 'Send WWW-Authenticate with the scheme that is expected, for example Bearer, with every 401.',
    evidence: [attempt],
  })
}
