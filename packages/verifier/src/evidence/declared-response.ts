import type { Creation, DeclaredResponse, JsonSchema } from '../target/target.ts'

/** What the document says about a status, and under which name: `201`, `4XX` or `default`. */
export interface Declared {
  readonly as: string
  readonly response: DeclaredResponse
}

/**
 * The response that a document declares for a status: the status itself, its range, or `default` (OpenAPI 3.1 §4.8.16).
 * Beside a declared success `default` stands for errors, as in the Petstore of the specification: a success that is not
 * declared is then declared nowhere.
 */
export function declaredResponse({ responses }: Creation, status: number): Declared | undefined {
  const isSuccess = (name: string) => name.startsWith('2')
  const hasSuccess = isSuccess(String(status)) && Object.keys(responses).some(isSuccess)
  for (const as of [String(status), `${String(status)[0]}XX`, ...(hasSuccess ? [] : ['default'])]) {
    const response = responses[as]
    if (response !== undefined) return { as, response }
  }
  return undefined
}

/** What the document says about a media type of a response: the type itself, else a range (`application/*`). */
export function declaredContent(
  { content }: DeclaredResponse,
  mediaType: string,
): { readonly schema?: JsonSchema } | undefined {
  const bare = (type: string) => type.split(';')[0]?.trim().toLowerCase() ?? ''
  const ranges = [mediaType, `${mediaType.split('/')[0]}/*`, '*/*']
  for (const range of ranges) {
    const found = Object.entries(content).find(([type]) => bare(type) === range)
    if (found !== undefined) return found[1]
  }
  return undefined
}
