/**
 * Between what is kept of a resource and the bodies that a document declares. All functions are pure, and none compiles a schema
 * before a body comes. In the order of a start and of a request:
 *
 * 1. `findResource`: where in the schema of an answer the resource is, or the list of them. Schemas are standalone ones
 *    (`toStandaloneSchema(document, schema, 'response').schema`); each part goes about with its root (`Rooted`).
 * 2. `findId`: the member with the id, its kind, who gives it, and how one is made.
 * 3. `toInput`: what a body has to be (`toStandaloneSchema(…, 'request').schema`).
 * 4. `completeState`: what is kept of a body, with what the server sets.
 * 5. `toShaper`: what is kept as the body of an answer.
 */
export { type Bodies, completeState } from './complete-state.ts'
export type { Extra } from './envelope-value.ts'
export { type FoundId, findId } from './find-id.ts'
export { type FoundResource, findResource, type ResourceHints } from './find-resource.ts'
export { namesOf } from './fit.ts'
export type { Rooted } from './rooted.ts'
export { type Facts, isChangeTime } from './server-value.ts'
export { toInput } from './to-input.ts'
export { type FoundShaper, type Shaper, type Shown, type ShownId, toShaper } from './to-shaper.ts'
