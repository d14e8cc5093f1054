import { path } from '@createonce/server'

/** The path of one resource: the item's template, with the parents and the id in it. */
export function locationOf(itemPath: string, parents: readonly string[], id: string): string {
  const values = [...parents, id]
  let index = 0
  return itemPath.replaceAll(/\{[^}]*\}/g, () => path`${values[index++]!}`)
}
