import type { Exchange, Report, ReportedOperation, Result, Target } from '@createonce/verifier'
import { answerFacts } from './answer-facts.ts'
import type { Fact } from './fact.ts'
import { locationFacts } from './location-facts.ts'

/** An environment as it was tried. */
export interface TriedEnvironment {
  readonly target: Target
  readonly report: Report
  readonly publicBaseUrl?: string
}

/** Everything that can be compared of an environment. */
export function factsOf(tried: TriedEnvironment): Fact[] {
  const { document } = tried.target
  const subject = 'document'
  return [
    { subject, name: 'title', value: document.title },
    { subject, name: 'info.version', value: document.release ?? 'none' },
    { subject, name: 'openapi', value: document.version },
    ...tried.report.operations.flatMap((operation) => operationFacts(operation, tried)),
  ]
}

function operationFacts(operation: ReportedOperation, tried: TriedEnvironment): Fact[] {
  const { id: subject, method, path, policy, inferred, judged, reason } = operation
  const { duplicates, idempotency, naturalKey } = policy
  const from = (word: string) => (inferred.some((text) => text.startsWith(word)) ? ' (inferred)' : '')
  const results = tried.report.results.filter((one) => one.operation === subject)
  return [
    { subject, name: 'request', value: `${method} ${path}` },
    { subject, name: 'policy duplicates', value: `${duplicates ?? 'unknown'}${from('duplicates')}` },
    { subject, name: 'policy idempotency', value: `${idempotency ?? 'unknown'}${from('idempotency')}` },
    { subject, name: 'policy natural key', value: `${naturalKey?.join(', ') ?? 'unknown'}${from('natural key')}` },
    { subject, name: 'judged', value: judged ? 'yes' : 'no', shown: judged ? 'yes' : `no: ${reason ?? ''}` },
    // Where no create was possible, what it answered is all that there is.
    ...results.flatMap((result) => (judged || result.check === 'create' ? stepFacts(result, judged, tried) : [])),
  ]
}

function stepFacts(result: Result, isJudged: boolean, { report, target, publicBaseUrl }: TriedEnvironment): Fact[] {
  const { operation: subject, check: step, verdict, level, message } = result
  const word = verdict === 'fail' ? level : verdict === 'pass' ? 'ok' : verdict
  const verdictFact = {
    subject,
    name: `${step} verdict`,
    value: word,
    shown: verdict === 'pass' ? word : `${word}: ${message}`,
  }
  const exchange = tellingExchange(result, report.exchanges)
  return [
    ...(isJudged ? [verdictFact] : []),
    // It is the read of the step before.
    ...(exchange === undefined || step === 'compare' ? [] : answerFacts(subject, step, exchange)),
    ...(exchange === undefined ? [] : ofLocation(exchange, subject, step, target.baseUrl, publicBaseUrl)),
  ]
}

function ofLocation(
  { request, response }: Exchange,
  subject: string,
  step: string,
  baseUrl: string,
  publicBaseUrl: string | undefined,
): Fact[] {
  if (step !== 'create' || response === undefined || response.status >= 400) return []
  const fact = (name: string, value: string): Fact => ({ subject, name: `${step} Location ${name}`.trimEnd(), value })
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (location === undefined) return [fact('', 'none')]
  const facts = locationFacts(location, request.url, baseUrl, publicBaseUrl)
  if (facts === undefined) return [fact('', 'no URL')]
  return [fact('', 'there'), fact('form', facts.form), fact('origin', facts.origin), fact('prefix', facts.prefix)]
}

/** The exchange that a step is about: the read of a Location, the last deletion, else the first that it points to. */
function tellingExchange({ check, evidence }: Result, exchanges: readonly Exchange[]): Exchange | undefined {
  const id =
    check === 'location' || check === 'compare' ? evidence[1] : check === 'clean-up' ? evidence.at(-1) : evidence[0]
  return exchanges.find((one) => one.id === id)
}
