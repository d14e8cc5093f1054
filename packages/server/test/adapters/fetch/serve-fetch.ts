import type { Served } from '../../../src/testing/index.ts'

/** A function of the Fetch standard, as every runtime serves it. */
export type Fetch = (request: Request) => Response | Promise<Response>

/** Serves it on a free port of 127.0.0.1. */
export type ServeFetch = (fetch: Fetch, options: { readonly http2: boolean }) => Promise<Served>
