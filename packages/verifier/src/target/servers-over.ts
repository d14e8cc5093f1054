import type { JsonObject } from './is-record.ts'

/**
 * Where an operation with servers of its own runs: at the origin that the run calls, below this base URL, or
 * elsewhere. Undefined where none of its servers can be understood.
 */
export type OperationServer =
  | { readonly kind: 'here'; readonly baseUrl: string }
  | { readonly kind: 'elsewhere'; readonly url: string }

export type ServerOf = (servers: readonly unknown[]) => OperationServer | undefined

/** The servers that stand over those of the document: the operation's, else its path's (OpenAPI 3.1 §4.8.10). */
export function serversOver(item: JsonObject, operation: JsonObject): readonly unknown[] | undefined {
  const lists = [operation['servers'], item['servers']]
  return lists.find((list): list is unknown[] => Array.isArray(list) && list.length > 0)
}
