import { path } from '@createonce/server'

/** The path of one resource: the item's template, with the parents and the id in it. */
export function locationOf(itemPath: string, parents: readonly string[], id: string): string {
  const values = [...parents, id]
  const literals = itemPath.split(/\{[^}]*\}/)
  return literals
    .map((literal, index) => `${encodeLiteral(literal)}${index < values.length ? path`${values[index]!}` : ''}`)
    .join('')
}

/** Templates may be written with or without percent-encoding. */
function encodeLiteral(literal: string): string {
  return encodeURI(literal).replaceAll(/%25([0-9a-f]{2})/gi, '%$1')
}
