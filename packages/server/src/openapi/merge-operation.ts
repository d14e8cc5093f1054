import { mergeContent } from './merge-content.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { resolveRef } from './resolve-ref.ts'
import { sameJson } from './same-json.ts'

/** Where an operation is merged into. */
export interface MergePlace {
  /** The document with the components of the creations, for references of either side. */
  readonly document: OpenApiObject
  /** The path item, whose parameters its operations have too. */
  readonly item: OpenApiObject
  /** `POST /orders`, for messages. */
  readonly name: string
}

/**
 * Adds a creation to an operation that the document has. What the document says stays; the creation adds what is missing.
 * Where both say what cannot both be true (schemas, policies), it is an error that names both.
 */
export function mergeOperation(theirs: OpenApiObject, ours: OpenApiObject, place: MergePlace): OpenApiObject {
  const merged = { ...ours, ...said(theirs) }
  const extension: unknown = theirs['x-creation']
  if (extension !== undefined && !sameJson(extension, ours['x-creation'])) {
    throw new TypeError(
      `${place.name}: the document has x-creation ${JSON.stringify(extension)}, the creation ${JSON.stringify(ours['x-creation'])}. Leave out that of the document.`,
    )
  }
  merged['parameters'] = mergeParameters(theirs['parameters'] ?? [], ours['parameters'], place)
  merged['requestBody'] = mergeBody(theirs['requestBody'], ours['requestBody'], place)
  merged['responses'] = mergeResponses(theirs['responses'] ?? {}, ours['responses'], place)
  return merged
}

/** Without what is undefined or empty text: generators write those where nothing was said. */
function said(part: OpenApiObject): OpenApiObject {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined && value !== ''))
}

/** Parameters are the same by place and name; names of headers have no case. */
function mergeParameters(
  theirs: readonly OpenApiObject[],
  ours: readonly OpenApiObject[],
  { document, item }: MergePlace,
): OpenApiObject[] {
  const idOf = (parameter: OpenApiObject): string => {
    const { in: where, name } = resolveRef(document, parameter) ?? parameter
    return `${where} ${where === 'header' ? String(name).toLowerCase() : name}`
  }
  const known = new Set([...theirs, ...((item['parameters'] as OpenApiObject[] | undefined) ?? [])].map(idOf))
  return [...theirs, ...ours.filter((parameter) => !known.has(idOf(parameter)))]
}

function mergeBody(theirs: OpenApiObject | undefined, ours: OpenApiObject, place: MergePlace): OpenApiObject {
  const resolved = resolveRef(place.document, theirs) ?? {}
  const where = `The body of ${place.name}`
  return {
    ...said(resolved),
    required: true,
    content: mergeContent(place.document, resolved['content'] ?? {}, ours['content'], where),
  }
}

function mergeResponses(theirs: OpenApiObject, ours: OpenApiObject, place: MergePlace): OpenApiObject {
  const merged = { ...theirs }
  for (const [status, response] of Object.entries<OpenApiObject>(ours)) {
    const resolved = resolveRef(place.document, theirs[status]) ?? {}
    const { headers, content, links, ...others } = { ...response, ...said(resolved) } as OpenApiObject
    const where = `The ${status} of ${place.name}`
    const all = {
      headers: mergeHeaders(headers ?? {}, response['headers'] ?? {}),
      content: mergeContent(place.document, resolved['content'] ?? {}, response['content'] ?? content ?? {}, where),
      links: { ...response['links'], ...links },
    }
    const parts = Object.entries(all).filter(([, part]) => Object.keys(part).length > 0)
    merged[status] = { ...others, ...Object.fromEntries(parts) }
  }
  return merged
}

function mergeHeaders(theirs: OpenApiObject, ours: OpenApiObject): OpenApiObject {
  const known = new Set(Object.keys(theirs).map((name) => name.toLowerCase()))
  const added = Object.entries(ours).filter(([name]) => !known.has(name.toLowerCase()))
  return { ...theirs, ...Object.fromEntries(added) }
}
