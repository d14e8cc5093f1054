import type { OpenApiObject } from '@createonce/server/openapi'

/** Whatever media types of JSON a document names, it is served as the one that all clients read. */
export function asJson(response: OpenApiObject): OpenApiObject {
  const content = response['content'] as OpenApiObject | undefined
  const media = Object.values<OpenApiObject>(content ?? {})[0]
  return media === undefined ? response : { ...response, content: { 'application/json': media } }
}
