import { listed } from '../evidence/quote.ts'
import { fail, inconclusive, pass, skip } from '../evidence/verdict.ts'
import { headerValues } from '../exchange/header-values.ts'
import { accepted } from '../experiments/attempt.ts'
import { crossOrigin } from '../experiments/cross-origin.ts'
import type { Check } from './check.ts'

// What a client of a creation reads, and what browsers do not show by themselves.
const useful = ['Location', 'ETag', 'Idempotent-Replayed', 'Retry-After', 'Preference-Applied']

/** Without this a page creates and cannot find out what. */
export const corsExposesLocation: Check = {
  id: 'cors-exposes-location',
  group: 'location',
  title: 'Where pages of other origins may create, they may read Location',
  level: 'warning',
  basis: 'derived',
  source: 'WHATWG Fetch, CORS-safelisted response-header name',
  async run(ask) {
    const attempt = await ask(crossOrigin)
    const { answer } = attempt
    const allowed = headerValues(answer, 'access-control-allow-origin')
    if (allowed.length === 0) return skip('pages of other origins may not read the answer')
    if (!accepted(attempt)) return inconclusive(`a create with Origin answered ${attempt.status}`, attempt)
    const names = headerValues(answer, 'access-control-expose-headers')
      .flatMap((line) => line.split(','))
      .map((name) => name.trim().toLowerCase())
    // The star counts only where no credentials are sent along.
    const hasCredentials = headerValues(answer, 'access-control-allow-credentials').includes('true')
    const isExposed = (name: string) => names.includes(name.toLowerCase()) || (names.includes('*') && !hasCredentials)
    const hidden = useful.filter((name) => headerValues(answer, name).length > 0 && !isExposed(name))
    if (hidden.length === 0) {
      return attempt.locations.length > 0 ? pass(attempt) : skip('the answer has no Location')
    }
    return fail({
      message: `Pages of other origins may create (Access-Control-Allow-Origin: ${allowed.join(', ')}), and browsers hide ${listed(hidden)} from them: Access-Control-Expose-Headers does not list ${hidden.length === 1 ? 'it' : 'them'}.`,
      fix: `Send Access-Control-Expose-Headers: ${useful.join(', ')}.`,
      evidence: [attempt],
      ...(hidden.includes('Location') ? {} : { level: 'note' as const }),
    })
  },
}
