/**
 * A part of an OpenAPI document. Open, so that it fits the types of every library that takes or gives one; what is made here
 * is held against the schema of OpenAPI itself.
 */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would fit none of the libraries' types.
export type OpenApiObject = { [member: string]: any }
