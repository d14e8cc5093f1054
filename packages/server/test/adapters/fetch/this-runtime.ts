import type { AdapterHarness } from '../../../src/testing/index.ts'
import type { ServeFetch } from './serve-fetch.ts'
import { serveOnBun } from './serve-on-bun.ts'
import { serveOnDeno } from './serve-on-deno.ts'
import { serveOnNode } from './serve-on-node.ts'

interface Runtime {
  readonly name: 'node' | 'bun' | 'deno'
  readonly serve: ServeFetch
  /** What its own server can do, for the harness of an adapter. */
  readonly can: Pick<AdapterHarness, 'http2' | 'lacks'>
}

/** What these tests run on, told by what only that runtime has. */
export const thisRuntime: Runtime =
  'Bun' in globalThis
    ? { name: 'bun', serve: serveOnBun, can: {} }
    : 'Deno' in globalThis
      ? {
          name: 'deno',
          serve: serveOnDeno,
          can: { http2: true, lacks: { reset: 'a reset with CANCEL looks like an end' } },
        }
      : { name: 'node', serve: serveOnNode, can: { http2: true } }
