import { afterEach, beforeEach, describe, it } from 'vitest'
import { describeAdapter } from '../../src/testing/index.ts'
import { fetchHarness } from './fetch/fetch-harness.ts'
import { serveOnNode } from './fetch/serve-on-node.ts'

describeAdapter(fetchHarness(serveOnNode, { name: 'fetch', http2: true }), { afterEach, beforeEach, describe, it })
