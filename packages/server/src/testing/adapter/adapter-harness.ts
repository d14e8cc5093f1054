import type { Creation } from '../../creation/creation.ts'

/** How the suite gets at an adapter. */
export interface AdapterHarness {
  readonly name: string
  /** Whether creations get the bytes as they were sent, rather than a body that the framework parsed. */
  readonly rawBodies: boolean
  /** Whether what the framework itself refuses (405, 413, 415, JSON that is none) is answered as a problem of the catalogue. */
  readonly refusals: boolean
  /** Set where {@link serve} can serve over HTTP/2 too. */
  readonly http2?: true
  /**
   * The request header from which the application has the framework's id of a request.
   * @default 'x-request-id'
   */
  readonly requestIdHeader?: string
  /** What the framework has not, or has in a way of its own, each with the reason in a word; it is not asked for then. */
  readonly lacks?: Readonly<Partial<Record<Feature, string>>>
  /**
   * Serves each creation as POST of its path on 127.0.0.1; `{name}` in a path is a parameter. The application trusts the
   * headers of proxies, where the framework knows such a thing.
   */
  serve(routes: Readonly<Record<string, Creation<unknown>>>, mounting: Mounting): Promise<Served>
}

/** A service that listens. */
export interface Served {
  readonly origin: string
  close(): Promise<void>
}

/** What a framework may lack; `reset`: it tells a reset stream of HTTP/2 from one whose body ended. */
export type Feature =
  | 'malformedBodies'
  | 'prefix'
  | 'cookies'
  | 'denial'
  | 'errorHandling'
  | 'requestId'
  | 'otherMethods'
  | 'keepAlive'
  | 'reset'

/** How the creations of one test are mounted. */
export interface Mounting {
  /** The path below which they all are, as the framework mounts: a router, a scope, a base path. Empty where there is none. */
  readonly prefix: string
  /** What the application's own middleware does in front of every creation. */
  readonly before: Before | undefined
  /** HTTP/2 in clear text, with prior knowledge. */
  readonly http2: boolean
  /** The limit of the creations, for a parser that has one of its own; in bytes. */
  readonly maxBodyBytes: number
}

/**
 * What the application's own middleware does in front of a creation: it adds a line of Set-Cookie for each cookie and
 * goes on; or it answers; or it throws, and the application's own error handling answers that error.
 */
export type Before =
  | { readonly kind: 'sets-cookies'; readonly cookies: () => readonly string[] }
  | { readonly kind: 'answers'; readonly answer: OwnAnswer }
  | { readonly kind: 'throws'; readonly error: Error; readonly answer: OwnAnswer }

/** An answer of the application's. */
export interface OwnAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
