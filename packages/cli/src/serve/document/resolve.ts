import type { OpenApiObject } from '@createonce/server/openapi'

/** Follows a reference within the document; what leads nowhere says nothing. */
export function resolve(document: OpenApiObject, part: OpenApiObject): OpenApiObject {
  let found: unknown = part
  for (let steps = 0; steps < 10; steps++) {
    const reference = (found as OpenApiObject | undefined)?.['$ref'] as unknown
    if (typeof reference !== 'string' || !reference.startsWith('#/')) break
    found = reference
      .slice(2)
      .split('/')
      .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (at, token) =>
          at !== null && typeof at === 'object' && Object.hasOwn(at, token) ? (at as OpenApiObject)[token] : undefined,
        document,
      )
  }
  return typeof found === 'object' && found !== null ? (found as OpenApiObject) : {}
}
