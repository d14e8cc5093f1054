/**
 * Tells of a path whether it is among those of a document, both in the spelling of OpenAPI. Neither the names of parameters
 * matter nor a slash at the end, which routers may overlook: `/problems/{id}/` takes `/problems/{code}`. A template takes no
 * concrete path, since the concrete one is matched first (OpenAPI 3.1 §4.8.8.2): beside `/{name}` there is room for `/docs`.
 */
export function pathsTaken(paths: Iterable<string>): (path: string) => boolean {
  const taken = new Set(Array.from(paths, toComparable))
  return (path) => taken.has(toComparable(path))
}

function toComparable(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '')
}
