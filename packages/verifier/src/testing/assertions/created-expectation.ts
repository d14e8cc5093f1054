import type { BodyOf, BodyPattern } from './body-pattern.ts'
import type { LocationPattern, ParametersOf } from './location-pattern.ts'

/** What a test expects of an answer to a creation, beyond what every one has. */
export interface CreatedExpectation<
  Location extends LocationPattern = LocationPattern,
  Body extends BodyPattern = BodyPattern,
> {
  /** @default any Location that is one valid URI reference */
  readonly location?: Location
  /** @default any body, or none */
  readonly body?: Body
  /** The media type of the body, without parameters. @default any, where there is a body */
  readonly contentType?: string
  /** Whether there is an ETag, or which (RFC 9110 §8.8.3). @default either */
  readonly etag?: boolean | string | RegExp
  /** The URL that was asked, where the response does not tell it and Location is relative to it. */
  readonly url?: string
}

/** A creation that was answered as it should be. */
export interface Created<Location extends LocationPattern = LocationPattern, Body extends BodyPattern = BodyPattern> {
  readonly status: 201
  /** As it came. */
  readonly location: string
  /** Where it leads: path and query as `inject`, supertest and a base URL take them. */
  readonly path: string
  /** What Location has at the places of the pattern, decoded: `{ id }` of `/orders/{id}`. */
  readonly parameters: LocationPattern extends Location ? Readonly<Record<string, string>> : ParametersOf<Location>
  readonly body: BodyPattern extends Body ? Readonly<Record<string, unknown>> : BodyOf<Body>
  readonly etag: string | undefined
}
