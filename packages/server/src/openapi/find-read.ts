import type { OpenApiObject } from './open-api-object.ts'
import { resolveRef } from './resolve-ref.ts'

/** The operation that reads what a creation creates. */
export interface ReadOperation {
  readonly path: string
  readonly operation: OpenApiObject
  /** The parameters of its path with the variables of the Location's template that fill them. */
  readonly variables: ReadonlyMap<string, string>
  /** The schema of its 200, where there is one. */
  readonly schema: OpenApiObject | undefined
}

/** Finds the GET whose path is the Location's template, by its form: parameters may have other names. */
export function findRead(document: OpenApiObject, location: string | undefined): ReadOperation | undefined {
  if (location === undefined) return undefined
  const wanted = asPath(location)
  for (const prefix of ['', ...serverPaths(document)]) {
    if (!wanted.startsWith(`${prefix}/`)) continue
    const template = wanted.slice(prefix.length)
    for (const [path, item] of Object.entries<OpenApiObject>(document['paths'] ?? {})) {
      const operation = item?.['get'] as OpenApiObject | undefined
      if (operation === undefined || formOf(path) !== formOf(template)) continue
      const variables = namesIn(template)
      const names = namesIn(path).map((name, at) => [name, variables[at]!] as const)
      return { path, operation, variables: new Map(names), schema: schemaOf(document, operation) }
    }
  }
  return undefined
}

/** The template's path with every variable as a segment's part, and without its query. */
function asPath(location: string): string {
  return location.replace(/\{[?&].*$|\?.*$/, '').replace(/\{\/([^}]*)\}/g, (_, names: string) =>
    names
      .split(',')
      .map((name) => `/{${name}}`)
      .join(''),
  )
}

function formOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}')
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!)
}

/** What stands before the paths of the document, such as `/v1` of the server `https://api.example.com/v1`. */
function serverPaths(document: OpenApiObject): string[] {
  const servers: readonly OpenApiObject[] = document['servers'] ?? []
  return servers.flatMap(({ url }) => {
    const path = /^(?:https?:\/\/[^/]+)?(\/.*?)\/?$/.exec(String(url))?.[1]
    return path === undefined || path === '/' ? [] : [path]
  })
}

function schemaOf(document: OpenApiObject, operation: OpenApiObject): OpenApiObject | undefined {
  const response = resolveRef(document, operation['responses']?.['200'])
  return response?.['content']?.['application/json']?.['schema']
}
