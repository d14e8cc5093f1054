import { expect } from 'vitest'
import { findCreations } from '../../src/target/find-creations.ts'
import type { Creation } from '../../src/target/target.ts'

type Operations = Record<string, Record<string, unknown>>

/** Finds in a document that is written as `POST /path` → operation. */
export function find(operations: Operations, rest: Record<string, unknown> = {}) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: { 200: {} }, ...operation } }
  }
  return findCreations({ openapi: '3.1.0', paths, ...rest })
}

/** The one creation of such a document. */
export function only(operations: Operations, rest: Record<string, unknown> = {}): Creation {
  const { creations, notCreations } = find(operations, rest)
  expect(notCreations).toEqual([])
  expect(creations).toHaveLength(1)
  return creations[0] as Creation
}

/** Why the first operation of such a document creates nothing. */
export function whyNot(operations: Operations): string | undefined {
  const { creations, notCreations } = find(operations)
  expect(creations).toEqual([])
  return notCreations[0]?.why
}

/** An operation that declares 201. */
export const created = { responses: { 201: {} } }
/** An operation that takes an object of JSON. */
export const json = (properties: object = { name: { type: 'string' } }, required: string[] = []) => ({
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties, required } } },
  },
})
