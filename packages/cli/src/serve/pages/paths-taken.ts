/**
 * Tells of a path whether it is among those of a document, both in the spelling of OpenAPI. The names of parameters do not
 * matter: `/problems/{id}` takes `/problems/{code}`. A template takes no concrete path, since the concrete one is matched
 * first (OpenAPI 3.1 §4.8.8.2): beside `/{name}` there is room for `/docs`.
 */
export function pathsTaken(paths: Iterable<string>): (path: string) => boolean {
  const taken = new Set(Array.from(paths, withoutNames))
  return (path) => taken.has(withoutNames(path))
}

function withoutNames(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}')
}
