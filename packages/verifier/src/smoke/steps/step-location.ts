import type { Check } from '../../checks/check.ts'
import { locationPresent } from '../../checks/location-present.ts'
import { locationPublicOrigin } from '../../checks/location-public-origin.ts'
import { locationResolves } from '../../checks/location-resolves.ts'
import { quote } from '../../evidence/quote.ts'
import { fail, pass, skip, type Verdict } from '../../evidence/verdict.ts'
import type { Attempt } from '../../experiments/attempt.ts'
import { created } from '../../experiments/created.ts'
import type { Ask } from '../../experiments/experiment.ts'
import type { Operation } from '../../experiments/operation.ts'
import { isBelow } from '../is-below.ts'
import { type PublicRead, publicRead } from '../public-read.ts'

/** Location leads to what was created, at the address by which clients reach the API. */
export function stepLocation(publicBaseUrl?: string): Check {
  const read = publicBaseUrl === undefined ? undefined : publicRead(publicBaseUrl)
  return {
    id: 'location',
    group: 'location',
    title: 'Location leads to the new resource',
    level: 'error',
    basis: 'derived',
    source: 'RFC 9110 §10.2.2, §15.3.2; RFC 3986 §5',
    methods: ['POST', 'PUT'],
    confirmations: 0,
    async run(ask, operation) {
      const create = await ask(created)
      if (create.status === 202) return skip('the create was only accepted (202), so there is nothing yet to point to')
      if (create.locations.length === 0) return without(ask, operation)
      if (isPosted(create))
        return fail({
          message: `Location is the URL that was posted to: ${quote(create.locations[0] ?? '')}. It should name the new resource.`,
          fix: 'Build Location from the id of the row that this very request inserted.',
          evidence: [create],
        })
      return read === undefined ? await atHome(ask, operation) : atPublicUrl(await ask(read), create)
    },
  }
}

async function without(ask: Ask, operation: Operation): Promise<Verdict> {
  // What a PUT creates is just there.
  if (operation.creation.method === 'PUT') return skip('the answer has no Location, and a PUT needs none')
  const verdict = await locationPresent.run(ask, operation)
  return verdict.kind === 'fail' ? { ...verdict, level: 'warning' } : verdict
}

async function atHome(ask: Ask, operation: Operation): Promise<Verdict> {
  const resolves = await locationResolves.run(ask, operation)
  if (resolves.kind === 'pass') return resolves
  const origin = await locationPublicOrigin.run(ask, operation)
  if (origin.kind !== 'fail') return resolves
  // Why it leads nowhere says more than that it does; to another host it may lead all the same.
  return resolves.kind === 'fail' ? origin : { ...origin, level: 'warning' }
}

function atPublicUrl(read: PublicRead, create: Attempt): Verdict {
  const [location = ''] = create.locations
  if (read.kind === 'outside') {
    return fail({
      message: `Location is ${quote(location)}, which is ${quote(read.url)} for a client; the API is reached below ${read.publicBaseUrl}.`,
      fix: 'Build Location from the configured public base URL, or send a path that includes its prefix.',
      evidence: [create],
      // That nobody can follow it is not seen: another address may lead there too.
      level: 'warning',
    })
  }
  const { status } = read.answer.response
  if (status >= 200 && status < 300) return pass(create, read.answer)
  if ([401, 403, 429].includes(status)) return skip(`GET on Location answered ${status}: it may not be read`)
  if (!read.isDeclared && status < 500)
    return skip(`GET on Location answered ${status}, and the document has no operation that reads what is created`)
  return fail({
    message: `Location is ${quote(location)}, and GET there answers ${status} (asked at ${read.answer.request.url}).`,
    fix: 'Build Location from the route by which the resource is read, including every prefix.',
    evidence: [create, read.answer],
  })
}

function isPosted({ locations: [location = ''], answer }: Attempt): boolean {
  const { url, method } = answer.request
  if (method !== 'POST' || !URL.canParse(location, url)) return false
  const at = new URL(location, url)
  return isBelow(at.href, url) && isBelow(url, at.href) && at.search === new URL(url).search
}
