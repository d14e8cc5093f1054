import { afterEach, beforeEach, describe, it } from 'vitest'
import { creationFetch } from '../../src/adapters/fetch.ts'
import { describeAdapter } from '../../src/testing/index.ts'
import { serveFetch } from './serve-fetch.ts'

const runner = { afterEach, beforeEach, describe, it }

describeAdapter(
  { name: 'fetch', rawBodies: true, refusals: true, serve: (routes) => serveFetch(creationFetch(routes)) },
  runner,
)
