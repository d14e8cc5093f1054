import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { created, createdCompletion } from '../experiments/created.ts'
import { refusedLater } from '../experiments/refused-later.ts'
import type { Check } from './check.ts'

/** Whoever was told to wait can see how it ended. */
export const asyncMonitorCompletes: Check = {
  id: 'async-monitor-completes',
  group: 'asynchronous creation',
  title: 'A 202 points to a monitor, which ends and leads to the resource or to an error',
  level: 'warning',
  basis: 'standard',
  source: 'RFC 9110 §15.3.3, §10.2.3; RFC 7240 §4.1; OData 4.01 §8.3.3, §11.6; AIP-151; Zalando #253',
  async run(ask, operation) {
    const create = await ask(created)
    if (create.status !== 202) return skip(`the create answers ${create.status}, so there is nothing to wait for`)
    const ended = await ask(createdCompletion)
    switch (ended.kind) {
      case 'no pointer':
        if (ended.holds) return inconclusive('the 202 holds no link, and what it says is not understood here', create)
        return fail({
          message:
            'The create answered 202, and the answer leads nowhere: it has no Location, no link and no id. RFC 9110 §15.3.3: it ought to describe the status of the request and to point to, or embed, a status monitor.',
          fix: 'Send the URL of a status monitor in Location (or Operation-Location), or of the resource where it will be.',
          evidence: [create],
        })
      case 'elsewhere':
        return inconclusive(`the monitor is at another host, which is not called: ${ended.url}`, create)
      case 'unfinished':
        return inconclusive(ended.reason, create, ...ended.answers.slice(-1))
      case 'created': {
        const silent = (await ask(refusedLater)).find((one) => one.ended.kind === 'failed' && !one.ended.explained)
        if (silent?.ended.kind === 'failed' && silent.tried.tried.kind === 'answered') {
          return fail({
            message: `An invalid body (${silent.tried.violation.name}) was accepted with 202. Its monitor tells that the work has failed, and not why.`,
            fix: 'Show the failure as a problem (RFC 9457) in what the monitor answers.',
            evidence: [silent.tried.tried.attempt, ...silent.ended.answers.slice(-1)],
          })
        }
        return pass(create, ...ended.answers.slice(-1), ended.read)
      }
      case 'failed':
        if (ended.explained) return inconclusive('the work failed, and says why', create, ...ended.answers.slice(-1))
        return fail({
          message: 'The monitor tells that the work has failed, and not why.',
          fix: 'Show the failure as a problem (RFC 9457) in what the monitor answers.',
          evidence: [create, ...ended.answers.slice(-1)],
        })
      case 'gone':
        return fail({
          message: `What the 202 points to answers ${ended.answers.at(-1)?.response.status}, and has never told of an end: the client cannot learn what was created.`,
          fix: 'Keep the monitor after the end, and let it redirect (303) or link to the resource.',
          evidence: [create, ...ended.answers.slice(-2)],
        })
      case 'broken':
        return fail({
          message: `The monitor answered ${ended.answers.at(-1)?.response.status}.`,
          fix: 'Let the monitor tell the state of the work with 200, also where the work failed.',
          evidence: [create, ...ended.answers.slice(-1)],
        })
      case 'lost':
        return fail({
          message: `The monitor says that the work is done, and where it leads answers ${ended.at.response.status}: ${ended.at.request.url}.`,
          fix: 'Let the monitor tell of the end after the commit, and link to the URL by which the resource is read.',
          evidence: [create, ...ended.answers.slice(-1), ended.at],
        })
      case 'silent':
        if (operation.creation.read === undefined) return pass(create, ...ended.answers.slice(-1))
        return fail({
          message:
            'The monitor says that the work is done, and neither its answer nor the 202 leads to what was created: no link, no id.',
          fix: 'Answer 303 with the Location of the resource, or link to it in what the monitor answers.',
          evidence: [create, ...ended.answers.slice(-1)],
        })
    }
  },
}
