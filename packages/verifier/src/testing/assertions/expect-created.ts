import { locationFault } from '../../evidence/location-fault.ts'
import { quote } from '../../evidence/quote.ts'
import { headerOf, mediaTypeOf } from '../answer/header.ts'
import { readAnswer } from '../answer/read-answer.ts'
import type { SeenAnswer } from '../answer/seen-answer.ts'
import { bodyFaults } from './body-faults.ts'
import type { BodyPattern } from './body-pattern.ts'
import type { Created, CreatedExpectation } from './created-expectation.ts'
import { failWith } from './fail-with.ts'
import type { Fault } from './fault.ts'
import { type LocationPattern, readLocation } from './location-pattern.ts'

// RFC 9110 §8.8.3.
const entityTag = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/

/**
 * Expects the answer to a creation (RFC 9110 §9.3.3, §15.3.2): 201, one Location that is a valid URI reference, a
 * Content-Type where there is a body, and whatever the test adds. Takes the response of fetch, `inject`, supertest,
 * axios, undici or node:http, or `{ status, headers, body }`.
 *
 * @returns what the test goes on with: `location`, `path` to read it, its `parameters`, `body` and `etag`.
 * @throws AssertionError that tells everything that is wrong, with its source, its fix and the page about its cause;
 * TypeError for what is no response.
 * @example
 * const { path, body } = await expectCreated(response, { location: '/orders/{id}', body: { item: 'tea' } })
 * expect(await (await fetch(new URL(path, origin))).json()).toEqual(body)
 */
export async function expectCreated<
  const Location extends LocationPattern = LocationPattern,
  Body extends BodyPattern = BodyPattern,
>(response: unknown, expected: CreatedExpectation<Location, Body> = {}): Promise<Created<Location, Body>> {
  const answer = await readAnswer(response)
  const faults: Fault[] = []
  if (answer.status !== 201) faults.push(statusFault(answer.status))
  const location = locationOf(answer, expected)
  if ('message' in location) faults.push(location)
  faults.push(...contentFaults(answer, expected), ...etagFaults(answer, expected.etag))
  if (expected.body !== undefined) {
    if (answer.text === undefined) throw new TypeError(readBefore)
    faults.push(...(await bodyFaults(expected.body, answer.body)))
  }
  failWith('expectCreated', answer, faults)
  const { body } = answer
  return { status: 201, ...location, body, etag: headerOf(answer, 'etag')[0] } as unknown as Created<Location, Body>
}

const readBefore =
  'The body of this response was read before it was handed over: assert first, or hand over { status, headers, body }.'

function statusFault(status: number): Fault {
  const isRefusal = status >= 400
  return {
    message: `The status is ${status}, and 201 (Created) was expected: RFC 9110 §9.3.3 asks for it when a POST has created a resource.`,
    ...(isRefusal
      ? {}
      : { fix: 'Answer 201, with the URL of the new resource in Location.', check: 'created-status-201' }),
  }
}

function locationOf(
  answer: SeenAnswer,
  { location: pattern, url: given }: CreatedExpectation,
): { location: string; path: string; parameters: Readonly<Record<string, string>> } | Fault {
  // Only the path matters where the client does not tell the origin.
  const asked = new URL(given ?? answer.url ?? '/', 'http://localhost').href
  const lines = headerOf(answer, 'location')
  const [location] = lines
  if (location === undefined) {
    return {
      message:
        'There is no Location. RFC 9110 §9.3.3 asks for a Location that identifies the created resource; without one the answer claims that the URL which was posted to is it (§15.3.2).',
      // A refusal has nothing to point to.
      ...(answer.status >= 400
        ? {}
        : { fix: 'Send the URL of the new resource in a Location header.', check: 'location-present' }),
    }
  }
  const fault = locationFault(lines, asked)
  if (fault !== undefined) return { message: fault.message, fix: fault.fix, check: 'location-well-formed' }
  const url = new URL(location, asked)
  const found = pattern === undefined ? { parameters: {} } : readLocation(location, url, pattern)
  return 'message' in found ? found : { location, path: url.pathname + url.search, ...found }
}

function contentFaults(answer: SeenAnswer, { contentType }: CreatedExpectation): Fault[] {
  const lines = headerOf(answer, 'content-type')
  const seen = mediaTypeOf(answer)
  if (contentType !== undefined && contentType.toLowerCase() !== seen) {
    return [{ message: `Content-Type is ${seen === '' ? 'absent' : quote(seen)}, and ${contentType} was expected.` }]
  }
  if (answer.text === undefined || answer.text === '' || lines.length > 0) return []
  return [
    {
      message: 'There is a body and no Content-Type, so nobody knows how to read it (RFC 9110 §8.3).',
      fix: 'Send the media type of the body, for example application/json.',
    },
  ]
}

function etagFaults(answer: SeenAnswer, expected: CreatedExpectation['etag']): Fault[] {
  if (expected === undefined) return []
  const [seen] = headerOf(answer, 'etag')
  const what = seen === undefined ? 'There is no ETag' : `ETag is ${quote(seen)}`
  if (expected === false) return seen === undefined ? [] : [{ message: `${what}, and none was expected.` }]
  const isMet =
    seen !== undefined &&
    (expected === true
      ? entityTag.test(seen)
      : expected instanceof RegExp
        ? new RegExp(expected).test(seen)
        : seen === expected)
  if (isMet) return []
  const wanted = expected === true ? 'an entity tag in quotes' : String(expected)
  return [{ message: `${what}, and ${wanted} was expected (RFC 9110 §8.8.3).` }]
}
