import { tempered, uniquePolicyOf } from '../evidence/policy-of.ts'
import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip, type Verdict } from '../evidence/verdict.ts'
import { type Attempt, accepted } from '../experiments/attempt.ts'
import { raceDuplicates } from '../experiments/race-duplicates.ts'
import { distinctResources } from '../experiments/same-resource.ts'
import type { Check } from './check.ts'

/** Of simultaneous duplicates, one comes into being. */
export const uniqueRaceSingleWinner: Check = {
  id: 'unique-race-single-winner',
  group: 'concurrency',
  title: 'Simultaneous duplicates create one resource',
  level: 'error',
  basis: 'derived',
  source: 'RFC 9110 §15.5.10; AIP-133; DRF#3876',
  confirmations: 3,
  async run(ask, operation) {
    const policy = uniquePolicyOf(operation)
    if (policy.kind === 'unknown') return policy.verdict
    if (policy.value === 'allow') return skip('duplicates are allowed')
    const race = await ask(raceDuplicates)
    if (race.kind === 'impossible') return inconclusive(race.reason)
    const { lanes, attempts, copies } = race
    const counted = copies.kind === 'counted' ? copies : undefined
    const winners = attempts.filter(accepted)
    const evidence = [...attempts, ...(counted === undefined ? [] : [counted.evidence])]
    const wrong = (message: string, fix: string, atFault: readonly Attempt[]): Verdict =>
      tempered(fail({ message, fix, evidence: [...atFault, ...evidence] }), policy.inferred, policy.why)
    const many = Math.max(distinctResources(winners), counted?.count ?? 0)
    if (many > 1) {
      return wrong(
        `${lanes.length} simultaneous creates with the same ${listed(policy.naturalKey)} created ${many} resources.`,
        'Put a unique index on the natural key: a look-up before the insert is passed by all of them.',
        winners,
      )
    }
    const broken = attempts.filter(({ status }) => status >= 500 && status !== 503)
    if (broken.length > 0) {
      return wrong(
        `${broken.length} of ${lanes.length} simultaneous creates with the same ${listed(policy.naturalKey)} answered ${broken[0]?.status}.`,
        'Catch the violation of the unique index and answer by the policy.',
        broken,
      )
    }
    const lost = lanes.length - attempts.length
    if (lost > 0) return inconclusive(`${lost} of ${lanes.length} simultaneous creates were not answered`, ...attempts)
    if (winners.length === 0)
      return wrong(
        `None of ${lanes.length} simultaneous creates with the same ${listed(policy.naturalKey)} succeeded.`,
        'Let one of them win.',
        [],
      )
    return counted === undefined
      ? inconclusive(copies.kind === 'blind' ? copies.reason : '', ...attempts)
      : pass(...evidence)
  },
}
