/**
 * What a browser in another origin may read only if `Access-Control-Expose-Headers` lists it (WHATWG Fetch,
 * "CORS-safelisted response-header name" has none of them).
 *
 * @example
 * app.register(cors, { origin: 'https://app.example.com', exposedHeaders: [...exposeHeaders] })
 */
export const exposeHeaders = ['Location', 'ETag', 'Idempotent-Replayed', 'Retry-After', 'Preference-Applied'] as const
