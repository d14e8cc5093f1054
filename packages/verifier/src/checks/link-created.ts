import { quote } from '../evidence/quote.ts'
import { fail, pass, skip } from '../evidence/verdict.ts'
import { headerValue } from '../exchange/header-values.ts'
import { linkValues } from '../exchange/link-values.ts'
import { created } from '../experiments/created.ts'
import { sameOrigin } from '../experiments/location-url.ts'
import type { Check } from './check.ts'

/** What leads to the created resource leads to the same place. */
export const linkCreated: Check = {
  id: 'link-created',
  group: 'location',
  title: 'Links of a 201 that lead to what was created agree with Location',
  level: 'note',
  basis: 'standard',
  source: 'RFC 8288 §3; RFC 6573 §2.1; RFC 9110 §10.2.2',
  confirmations: 0,
  async run(ask) {
    const create = await ask(created)
    const asked = create.answer.request.url
    const [location = ''] = create.locations
    if (create.status !== 201 || location === '' || !URL.canParse(location, asked))
      return skip('there is no 201 with a usable Location')
    const to = new URL(location, asked)
    const content = headerValue(create.answer, 'content-location') ?? ''
    const isOfCreated = URL.canParse(content, asked) && content !== '' && isSame(new URL(content, asked), to)
    // An answer that is the created resource has items of its own, as an order has lines.
    const relation = isOfCreated ? 'self' : 'item'
    const links = linkValues(create.answer)
      .filter(
        ({ url, relations, isAnchored }) => !isAnchored && relations.includes(relation) && URL.canParse(url, asked),
      )
      .map(({ url }) => new URL(url, asked))
    if (links.length === 0) return skip('no Link says that it leads to what was created')
    if (links.some((link) => isSame(link, to))) return pass(create)
    // Other names of one resource are possible; a neighbour of it, or the collection, is none of them.
    const others = links.filter((link) => isBeside(link, to) || (isOfCreated && isSame(link, new URL(asked))))
    if (others.length < links.length) return skip('the links lead to places of which Location says nothing')
    return fail({
      message: `Location is ${quote(location)}, and the Link with rel="${relation}" leads to ${quote(links[0]?.href ?? '')}.`,
      fix: 'Make the Link and Location from one function.',
      evidence: [create],
    })
  },
}

function isSame(one: URL, other: URL): boolean {
  return sameOrigin(one, other) && pathOf(one) === pathOf(other) && one.search === other.search
}

/** Whether two URLs differ in the last segment alone, as those of two items of one collection. */
function isBeside(one: URL, other: URL): boolean {
  const folder = (url: URL) => pathOf(url).replace(/[^/]*$/, '')
  return sameOrigin(one, other) && folder(one) === folder(other) && folder(one) !== '/' && one.search === other.search
}

function pathOf({ pathname }: URL): string {
  const path = pathname.replace(/\/+$/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
