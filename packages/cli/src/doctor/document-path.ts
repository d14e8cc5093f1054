import { below } from './below.ts'
import { documentOf } from './document.ts'
import type { Surroundings } from './probe.ts'

/** Where the API serves its document, as a path below the base URL; nothing where it is a file, or elsewhere. */
export async function documentPathOf(surroundings: Surroundings): Promise<string | undefined> {
  const found = await documentOf(surroundings)
  if (found.kind === 'refused') return undefined
  const base = below(surroundings.profile.baseUrl, '/')
  const { source } = found.target.document
  return source.startsWith(base) ? source.slice(base.length - 1) : undefined
}
