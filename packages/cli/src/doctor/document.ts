import { dirname, resolve } from 'node:path'
import { loadTarget, type Target, TargetError } from '@createonce/verifier'
import type { Surroundings } from './probe.ts'
import { shared } from './shared.ts'

/** The document of the profile, understood or not. */
export type FoundDocument =
  | { readonly kind: 'understood'; readonly target: Target }
  | { readonly kind: 'refused'; readonly error: TargetError }

/** Reads the OpenAPI document of the profile, once in an examination. */
export function documentOf(surroundings: Surroundings): Promise<FoundDocument> {
  return shared(surroundings, 'document', () => read(surroundings))
}

async function read({ profile, file, timeoutMs }: Surroundings): Promise<FoundDocument> {
  const { document, baseUrl, headers } = profile
  const isUrl = document !== undefined && /^(https?|file):/i.test(document)
  const source = document === undefined ? baseUrl : isUrl ? document : resolve(dirname(file), document)
  try {
    return { kind: 'understood', target: await loadTarget(source, { baseUrl, timeoutMs, ...(headers && { headers }) }) }
  } catch (error) {
    if (error instanceof TargetError) return { kind: 'refused', error }
    throw error
  }
}
