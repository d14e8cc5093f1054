import type { CreationDefinition } from '../creation/definition.ts'

/** The method by which a creation is asked for. */
export function methodOf({ form }: CreationDefinition): 'post' | 'put' {
  return form.kind === 'put' ? 'put' : 'post'
}
