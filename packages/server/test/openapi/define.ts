import { Validator } from '@seriousme/openapi-schema-validator'
import { z } from 'zod'
import type { CreationSettings } from '../../src/creation/settings/settings.ts'
import { type Creation, created, defineCreation } from '../../src/index.ts'
import type { OpenApiObject } from '../../src/openapi/index.ts'
import { type MemoryTransaction, memoryStore } from '../../src/stores/memory.ts'

type Settings = CreationSettings<{ item: string }, { id: string; item: string }, MemoryTransaction, unknown>

const orderInput = z.strictObject({ item: z.string().min(1).max(40) })
export const order = z.strictObject({ id: z.string(), item: z.string() })

/** The creation of orders with some settings changed. */
export function define(changed: { readonly [Name in keyof Settings]?: unknown } = {}): Creation {
  return defineCreation({
    operation: 'createOrder',
    store: memoryStore(),
    principal: 'anybody',
    input: orderInput,
    create: ({ item }) => created({ id: '1', item }),
    duplicates: 'allow',
    idempotency: 'optional',
    location: '/orders/{id}',
    ...changed,
  } as Settings)
}

/** A document without anything in it, or with these parts. */
export function emptyDocument(parts: OpenApiObject = {}): OpenApiObject {
  return { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths: {}, ...parts }
}

const validator = new Validator()

/** What the schema of OpenAPI says against a document, and the references of the document that lead nowhere. */
export async function faultsOf(document: OpenApiObject): Promise<unknown> {
  const text = JSON.stringify(document)
  const { valid, errors } = await validator.validate(JSON.parse(text))
  const dangling = [...text.matchAll(/"\$ref":"(#[^"]*)"/g)]
    .map(([, ref]) => ref!)
    .filter((ref) => at(document, ref) === undefined)
  return { errors: valid ? [] : errors, dangling }
}

export const NO_FAULTS = { errors: [], dangling: [] }

/** What a JSON Pointer, written as a fragment, leads to. */
export function at(document: OpenApiObject, ref: string): unknown {
  const tokens = decodeURIComponent(ref.slice(1)).split('/').slice(1)
  return tokens
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<OpenApiObject | undefined>((part, token) => part?.[token], document)
}

/** The codes that a response may have, by its status. */
export function codesOf(operation: OpenApiObject): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries<OpenApiObject>(operation['responses'])
      .filter(([status]) => Number(status) >= 400)
      .map(([status, response]) => {
        const schema = response['content']['application/problem+json']['schema']
        return [status, schema.allOf[1].properties.type.enum.map((type: string) => type.replace(/^.*\//, ''))]
      }),
  )
}
