import { creationFetch } from '../../../src/adapters/fetch.ts'
import type { AdapterHarness, Before } from '../../../src/testing/index.ts'
import type { Fetch, ServeFetch } from './serve-fetch.ts'

/** The fetch adapter on a runtime. */
export function fetchHarness(
  serve: ServeFetch,
  runtime: Pick<AdapterHarness, 'name' | 'http2' | 'lacks'>,
): AdapterHarness {
  return {
    ...runtime,
    rawBodies: true,
    refusals: true,
    serve(routes, { prefix, before, http2 }) {
      const below = Object.fromEntries(Object.entries(routes).map(([path, creation]) => [prefix + path, creation]))
      const fetch = creationFetch(below)
      return serve(before === undefined ? fetch : behind(before, fetch), { http2 })
    },
  }
}

/** What an application writes around a handler, since a bare `fetch` has no middleware. */
function behind(before: Before, fetch: Fetch): Fetch {
  return async (request) => {
    try {
      if (before.kind === 'answers') return new Response(before.answer.body, before.answer)
      if (before.kind === 'throws') throw before.error
      const cookies = before.cookies()
      const response = await fetch(request)
      for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
      return response
    } catch (error) {
      if (before.kind !== 'throws' || error !== before.error) throw error
      return new Response(before.answer.body, before.answer)
    }
  }
}
