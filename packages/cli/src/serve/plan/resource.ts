import type { Parameter } from '@createonce/verifier/document'
import type { Table } from '../rows/rows.ts'
import type { ResourceBodies } from './bodies-of.ts'

/** A path parameter before the id: it names a parent. */
export interface Parent {
  /** As the item's path spells it. */
  readonly parameter: string
  /** The key of the resource that it names; absent where nothing in the document creates one, and any value will do. */
  readonly resource?: string
}

/** A body member that names another resource. */
export interface Reference {
  /** JSON Pointer into the body; a `0` stands for every item of a list. */
  readonly pointer: string
  /** The key of the resource that it names. */
  readonly resource: string
}

/** A kind of thing that the document's operations create, read, list, change and delete. */
export interface Resource {
  /** The key of the item's path: the same for paths that differ in the names of parameters only. */
  readonly key: string
  /** The template of one resource's path, e.g. `/users/{userId}/orders/{orderId}`. */
  readonly itemPath: string
  /** The path parameters before the id, outermost first. */
  readonly parents: readonly Parent[]
  /** The path parameter that names one resource. */
  readonly idParameter: Parameter
  /** In the singular, for people: `order`. */
  readonly noun: string
  readonly table: Table
  readonly bodies: ResourceBodies
  /** Whether the document has the path of one resource. */
  readonly isDeclared: boolean
}
