import type { DeclaredResponse, JsonSchema, Operation } from '@createonce/verifier/document'

/** The body that a document declares for a success. */
export type DeclaredBody =
  | {
      readonly kind: 'json'
      readonly status: string
      readonly mediaType: string
      readonly schema: JsonSchema | undefined
    }
  /** A response without content, or no success at all. */
  | { readonly kind: 'none'; readonly status: string | undefined }
  | { readonly kind: 'other'; readonly status: string; readonly mediaTypes: readonly string[] }

/** The statuses by which creations succeed, in the order in which their bodies are looked for. */
export const CREATED = ['201', '200', '2XX', '203']
/** The statuses by which everything else succeeds. */
export const ANSWERED = ['200', '2XX', '203']

/** Finds what an operation answers when it succeeds: the first of the statuses that is declared, otherwise `default`. */
export function declaredBody({ responses }: Pick<Operation, 'responses'>, statuses: readonly string[]): DeclaredBody {
  const status =
    statuses.find((one) => responses[one] !== undefined) ??
    Object.keys(responses).find((one) => one.startsWith('2')) ??
    (responses['default'] === undefined ? undefined : 'default')
  if (status === undefined) return { kind: 'none', status }
  const { content } = responses[status] as DeclaredResponse
  const mediaTypes = Object.keys(content)
  if (mediaTypes.length === 0) return { kind: 'none', status }
  const json = mediaTypes.find(isJson) ?? mediaTypes.find((type) => type.includes('*'))
  if (json === undefined) return { kind: 'other', status, mediaTypes }
  return { kind: 'json', status, mediaType: json, schema: content[json]?.schema }
}

function isJson(type: string): boolean {
  const bare = type.split(';')[0]!.trim().toLowerCase()
  return bare === 'application/json' || bare === 'text/json' || (bare.endsWith('+json') && !bare.includes('problem'))
}
