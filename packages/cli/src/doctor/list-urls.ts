import { below } from './below.ts'
import { documentOf } from './document.ts'
import type { Surroundings } from './probe.ts'

/** The paths of the lists that can be read without knowing anything: no member of the path or query has to be made up. */
export async function listPathsOf(surroundings: Surroundings): Promise<readonly string[]> {
  const found = await documentOf(surroundings)
  if (found.kind === 'refused') return []
  const lists = found.target.creations.flatMap(({ list }) => (list === undefined ? [] : [list]))
  const plain = lists.filter(
    ({ path, parameters }) => !path.includes('{') && !parameters.some(({ required }) => required),
  )
  return [...new Set(plain.map(({ path }) => path))]
}

/** The same as URLs below the base URL. */
export async function listUrlsOf(surroundings: Surroundings): Promise<readonly string[]> {
  return (await listPathsOf(surroundings)).map((path) => below(surroundings.profile.baseUrl, path))
}
