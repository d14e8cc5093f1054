import type { OpenApiObject } from '@createonce/server/openapi'

// A page's heading; what is longer is a text.
const MOST_CHARACTERS = 200

/** The title of a document, for people. */
export function titleOf(document: OpenApiObject): string {
  return text(document, 'title') ?? 'API'
}

/** The version of what it describes. */
export function versionOf(document: OpenApiObject): string | undefined {
  return text(document, 'version')
}

function text({ info }: OpenApiObject, member: string): string | undefined {
  const value = (info as OpenApiObject | undefined)?.[member]
  return typeof value === 'string' && value !== '' ? value.slice(0, MOST_CHARACTERS) : undefined
}
