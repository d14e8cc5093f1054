/** A JSON Schema of draft 2020-12; what an OpenAPI document of any version is upgraded to. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** A parameter of an operation, with references resolved. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly schema: JsonSchema
  readonly example?: unknown
  readonly description?: string
}

/** What the document says about one status code (`201`, `4XX`, `default`) of an operation. */
export interface DeclaredResponse {
  readonly headers: readonly string[]
  readonly content: Readonly<Record<string, { readonly schema?: JsonSchema }>>
}

/** An operation that reads, lists or deletes what a creation creates. */
export interface RelatedOperation {
  readonly method: 'GET' | 'DELETE'
  /** The path template, e.g. `/orders/{orderId}`. */
  readonly path: string
  /** Where it runs, where it has a server of its own. @default that of the target */
  readonly baseUrl?: string
  readonly parameters: readonly Parameter[]
  readonly responses: Readonly<Record<string, DeclaredResponse>>
}

/** Where the value of a path parameter comes from: the resource that another creation creates. */
export interface ParentLink {
  /** The path parameter of the child's path that names the parent. */
  readonly parameter: string
  /** The id of the creation that creates the parent. */
  readonly creation: string
}

/** Where the value of a body member comes from: the resource that another creation creates. */
export interface ReferenceLink {
  /** JSON Pointer of the member in the body, e.g. `/authorId`. */
  readonly pointer: string
  /** The id of the creation that creates what the member refers to. */
  readonly creation: string
  /** An invalid reference is refused with 4xx by most APIs, so a required one has to be created first. */
  readonly required: boolean
}

export type DuplicatePolicy = 'reject' | 'return-existing' | 'allow'
export type IdempotencyPolicy = 'off' | 'optional' | 'required'

/**
 * What is known about an operation's policy, and from where: an inference alone never becomes an error.
 * `declared` is `x-creation` or an option of the user's; `inferred` is read between the document's lines.
 */
export interface Policy {
  readonly duplicates?: {
    readonly value: DuplicatePolicy
    readonly from: 'declared' | 'inferred'
    readonly why: string
  }
  readonly naturalKey?: {
    readonly value: readonly string[]
    readonly from: 'declared' | 'inferred'
    readonly why: string
  }
  readonly idempotency?: {
    readonly value: IdempotencyPolicy
    readonly from: 'declared' | 'inferred'
    readonly why: string
  }
  readonly retention?: string
  readonly private?: boolean
}

/** One operation that brings a resource into being, with everything that belongs to it. */
export interface Creation {
  /** The operationId, or `POST /orders` where there is none. */
  readonly id: string
  /** What the document says about it in words. */
  readonly description?: string
  readonly method: 'POST' | 'PUT'
  readonly path: string
  /** Where it runs, where it has a server of its own; of the origin of the target. @default that of the target */
  readonly baseUrl?: string
  readonly parameters: readonly Parameter[]
  readonly body?: {
    readonly mediaType: string
    readonly required: boolean
    readonly schema: JsonSchema
    readonly examples: readonly unknown[]
    /** The members of a form whose objects are spelled out (`style: deepObject`). */
    readonly deep?: readonly string[]
  }
  /** Where one request creates several: what is created, and where in the body the list is. */
  readonly batch?: {
    /** JSON Pointer of the list in the body; empty where the body is the list. */
    readonly pointer: string
    /** The path of the collection that the items are added to, e.g. `/orders` of `/orders:batchCreate`. */
    readonly collection: string
    /** One item of the list, as a body of its own. */
    readonly item: NonNullable<Creation['body']>
  }
  readonly responses: Readonly<Record<string, DeclaredResponse>>
  readonly read?: RelatedOperation & { readonly idParameter: string }
  readonly list?: RelatedOperation
  readonly remove?: RelatedOperation & { readonly idParameter: string }
  /** Outermost first. */
  readonly parents: readonly ParentLink[]
  /** Body members that name other resources (`authorId`); guessed from their names, so a hint and no promise. */
  readonly references?: readonly ReferenceLink[]
  readonly policy: Policy
  /** The names of the headers that the operation needs (API keys, tokens) by its security requirements. */
  readonly security: readonly string[]
}

/** A target as understood from its document. */
export interface Target {
  readonly document: {
    readonly source: string
    /** The version of OpenAPI. */
    readonly version: string
    readonly title: string
    /** The version of the API, where the document says it (`info.version`). */
    readonly release?: string
  }
  /** Without a trailing slash; includes the base path, e.g. `http://localhost:2010/v1`. */
  readonly baseUrl: string
  /** The servers that the document declares, whichever of them is called; relative ones as seen from where it was read. */
  readonly servers?: readonly string[]
  readonly creations: readonly Creation[]
  /** POSTs and PUTs of the document that are no creation, and why (login, search, an action …). */
  readonly notCreations: readonly { readonly operation: string; readonly why: string }[]
  /** What is wrong with the document, or was guessed, without keeping it from being understood. */
  readonly warnings: readonly string[]
}
