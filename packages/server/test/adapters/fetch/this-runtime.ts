import type { AdapterHarness } from '../../../src/testing/index.ts'
import type { ServeFetch } from './serve-fetch.ts'
import { serveOnBun } from './serve-on-bun.ts'
import { serveOnDeno } from './serve-on-deno.ts'
import { serveOnNode } from './serve-on-node.ts'

interface Runtime {
  /** Its name and version. */
  readonly name: string
  readonly serve: ServeFetch
  /** What its own server can do, for the harness of an adapter. */
  readonly can: Pick<AdapterHarness, 'http2' | 'lacks'>
}

/** What these tests run on, told by what only that runtime has. */
export const thisRuntime: Runtime =
  'Bun' in globalThis
    ? { name: `bun ${process.versions['bun']}`, serve: serveOnBun, can: {} }
    : 'Deno' in globalThis
      ? {
          name: `deno ${process.versions['deno']}`,
          serve: serveOnDeno,
          can: { http2: true, lacks: { reset: 'a reset with CANCEL looks like an end' } },
        }
      : { name: `node ${process.versions.node}`, serve: serveOnNode, can: { http2: true } }
