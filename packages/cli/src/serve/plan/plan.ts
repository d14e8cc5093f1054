import type { Creation, Operation } from '@createonce/verifier/document'
import type { Answer } from './answer-of.ts'
import type { Resource } from './resource.ts'

/** What an operation of the document is served as. */
export type Role =
  | { readonly kind: 'create'; readonly creation: Creation }
  | { readonly kind: 'create-many'; readonly creation: Creation }
  | { readonly kind: 'put'; readonly creation: Creation | undefined }
  | { readonly kind: 'patch' }
  | { readonly kind: 'read' }
  | { readonly kind: 'list' }
  | { readonly kind: 'delete' }

/** An operation that is served for real. */
export interface ServedOperation {
  readonly operation: Operation
  readonly role: Role
  readonly resource: Resource
  readonly answer: Answer
}

/** An operation that answers 501, and why. */
export interface UnservedOperation {
  readonly operation: Operation
  readonly why: string
  /** Whether it would be a creation. */
  readonly creates: boolean
}

/** What a document is served as. */
export interface Plan {
  readonly resources: readonly Resource[]
  readonly served: readonly ServedOperation[]
  readonly unserved: readonly UnservedOperation[]
}
