import type { Creation } from '@createonce/server'
import type { OpenApiObject } from '@createonce/server/openapi'
import type { Plan, ServedOperation } from '../plan/plan.ts'
import { addAnswers } from './add-answers.ts'
import { addCreation } from './add-creation.ts'
import { PROBLEM, problemResponse } from './problem-response.ts'
import { problemSchema } from './problem-schema.ts'
import { readOperation } from './read-operation.ts'
import { tellInput } from './tell-input.ts'

/** What is needed besides the document to tell what is served. */
export interface ServedDocumentOptions {
  readonly plan: Plan
  /** What was defined for an operation, by `POST /orders`. */
  readonly creations: ReadonlyMap<string, Creation>
  /** Paths that are read and that the document does not have: by template, what GET answers and the name of the id. */
  readonly added: readonly AddedRead[]
  /** The address by which clients reach the service. */
  readonly publicBaseUrl: string | undefined
}

/** A read that the document lacks: a Location has to lead somewhere. */
export interface AddedRead {
  readonly path: string
  readonly noun: string
  /** The operation whose answer and security it has. */
  readonly like: OpenApiObject
}

/**
 * The document as it is served: what it says stays, and what is served besides is added: 201 with Location, keys, every
 * problem with its code; where a resource is read; 501 for what is not served, with the reason.
 */
export function servedDocument(document: OpenApiObject, options: ServedDocumentOptions): OpenApiObject {
  const { plan, creations, added, publicBaseUrl } = options
  const served = structuredClone(document)
  served['servers'] = [{ url: publicBaseUrl ?? '/' }]
  const paths = served['paths'] as OpenApiObject
  for (const one of plan.served) {
    const { operation } = one
    const here = operationAt(paths, operation.path, operation.method)
    const creation = creations.get(`${operation.method} ${operation.path}`)
    if (here === undefined) continue
    if (creation !== undefined) {
      addCreation(served, here, creation, operation.path, answeredBy(one))
      tellInput(served, here, one)
    } else addAnswers(served, here)
  }
  for (const { operation, why } of plan.unserved) {
    const here = operationAt(paths, operation.path, operation.method)
    if (here === undefined) continue
    here['x-served'] = false
    here['x-why'] = why
    here['responses'] = { ...here['responses'], 501: problemResponse(`Not served: ${why}.`) }
  }
  for (const { path, noun, like } of added) {
    paths[path] = { ...(paths[path] ?? { parameters: parametersOf(path) }), get: readOperation(noun, like) }
  }
  const components = (served['components'] ?? {}) as OpenApiObject
  served['components'] = { ...components, schemas: { ...components['schemas'], [PROBLEM]: problemSchema } }
  return served
}

function operationAt(paths: OpenApiObject, path: string, method: string): OpenApiObject | undefined {
  const item = paths[path] as OpenApiObject | undefined
  // Everything is served by one server.
  if (item !== undefined) delete item['servers']
  const operation = item?.[method.toLowerCase()] as OpenApiObject | undefined
  if (operation !== undefined) delete operation['servers']
  return operation
}

/** Path parameters in the order of the template. */
function parametersOf(path: string): readonly OpenApiObject[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

/** What a creation answers where the document does not say it. */
function answeredBy({ role }: ServedOperation): OpenApiObject {
  const one = { type: 'object', description: 'What was sent, with what the server sets.' }
  return role.kind === 'create-many' ? { type: 'array', items: one } : one
}
