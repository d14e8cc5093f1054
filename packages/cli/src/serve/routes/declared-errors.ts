import type { DeclaredResponse, JsonSchema, Operation } from '@createonce/verifier/document'
import type { onSendHookHandler } from 'fastify'
import { flat, propertyOf, typesOf } from '../shape/rooted.ts'

/**
 * Puts the `errors` of a problem into the form that a document declares: by name, each with its texts, as ASP.NET has them
 * (`{ "/name": ["is required"] }`), where it declares an object and no list. Undefined where it declares nothing of the kind.
 */
export function declaredErrors({ responses }: Pick<Operation, 'responses'>): onSendHookHandler | undefined {
  const byName = new Set(Object.keys(responses).filter((status) => isByName(responses[status])))
  if (byName.size === 0) return undefined
  return async (_request, reply, payload) => {
    const status = String(reply.statusCode)
    const declared = [status, `${status[0]}XX`, 'default'].find((one) => responses[one] !== undefined)
    if (status < '400' || declared === undefined || !byName.has(declared) || typeof payload !== 'string') return payload
    if (!String(reply.getHeader('content-type')).startsWith('application/problem+json')) return payload
    const { errors, ...problem } = JSON.parse(payload) as { readonly errors?: readonly Told[] }
    if (!Array.isArray(errors)) return payload
    const named = new Map<string, string[]>()
    for (const { pointer = '', detail } of errors as readonly Told[])
      named.set(pointer, [...(named.get(pointer) ?? []), detail])
    return JSON.stringify({ ...problem, errors: Object.fromEntries(named) })
  }
}

interface Told {
  readonly pointer?: string
  readonly detail: string
}

function isByName(response: DeclaredResponse | undefined): boolean {
  return Object.entries(response?.content ?? {}).some(([type, { schema }]) => /[/+]json/.test(type) && hasNamed(schema))
}

function hasNamed(root: JsonSchema | undefined): boolean {
  const errors = root && propertyOf(flat(root, root), 'errors')
  const types = errors === undefined || root === undefined ? [] : typesOf(flat(errors, root))
  return types.includes('object') && !types.includes('array')
}
