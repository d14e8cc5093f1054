import type { OpenApiObject } from './open-api-object.ts'

/** What a part of a document refers to, or the part itself; undefined where the reference leads out or nowhere. */
export function resolveRef(document: OpenApiObject, part: OpenApiObject | undefined): OpenApiObject | undefined {
  let found: OpenApiObject | undefined = part
  // A chain of references longer than this is a circle.
  for (let steps = 0; steps < 16; steps++) {
    const ref: unknown = found?.['$ref']
    if (typeof ref !== 'string') return found
    if (!ref.startsWith('#/')) return undefined
    found = ref
      .slice(2)
      .split('/')
      .map((token) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<OpenApiObject | undefined>((at, token) => at?.[token], document)
  }
  return undefined
}
