export { creationFetch, type FetchFunction, type FetchMethods } from './fetch/creation-fetch.ts'
export { type FetchHandler, toFetch } from './fetch/to-fetch.ts'
export { toResponse } from './fetch/to-response.ts'
