import { afterEach, beforeEach, describe, it } from 'vitest'
import { describeAdapter } from '../../src/testing/index.ts'
import { fetchHarness } from './fetch/fetch-harness.ts'
import { thisRuntime } from './fetch/this-runtime.ts'

const { name, serve, can } = thisRuntime

describeAdapter(fetchHarness(serve, { name: `fetch on ${name}`, ...can }), {
  afterEach,
  beforeEach,
  describe,
  it,
})
