import type { CreationDefinition } from '../creation/definition.ts'
import type { Components } from './components.ts'
import { inputSchemaOf, representationSchemaOf } from './json-schema-of.ts'
import { methodOf } from './method-of.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import { successResponses } from './success-responses.ts'
import { xCreation } from './x-creation.ts'

/** Where an operation stands, and what the document around it knows. */
export interface Surroundings {
  /** The path with its parameters in braces; absent where it is not known. */
  readonly path: string | undefined
  readonly components: Components
  /** What GET of the location answers; absent where the document does not say. */
  readonly read?: OpenApiObject | undefined
  /** Links of the 201, for a schema of its content. */
  readonly linksFor?: (representation: OpenApiObject | undefined) => OpenApiObject
}

/** Builds the OpenAPI 3.1 operation of a creation from its definition. */
export function buildOperation(definition: CreationDefinition, surroundings: Surroundings): OpenApiObject {
  const { path, components, read, linksFor } = surroundings
  const { operation, openapi } = definition
  const { summary, description, tags, deprecated, security } = openapi
  const own = representationSchemaOf(definition)
  const schema =
    own === undefined
      ? read
      : components.place(
          `${componentName(operation)}Representation`,
          own,
          pointerOf(definition, path, `${RESPONSE}${definition.form.kind === 'bulk' ? '/anyOf/0/items' : ''}`),
        )
  const links = linksFor?.(schema) ?? {}
  return {
    operationId: operation,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(deprecated !== undefined && { deprecated }),
    ...(security !== undefined && { security: [...security] }),
    parameters: parametersOf(definition, path, components),
    requestBody: requestBodyOf(definition, surroundings),
    responses: withOthers(definition, {
      ...successResponses(definition, { schema, links }, components),
      ...problemResponses(definition, path, components),
    }),
    'x-creation': xCreation(definition),
  }
}

const REQUEST = '/requestBody/content/application~1json/schema'
const RESPONSE = '/responses/201/content/application~1json/schema'

/** A JSON Pointer as a fragment of a URI (RFC 6901 §6). */
function pointerOf(definition: CreationDefinition, path: string | undefined, below: string): string | undefined {
  return path === undefined ? undefined : `#/paths/${toToken(path)}/${methodOf(definition)}${below}`
}

function toToken(path: string): string {
  return encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function requestBodyOf(definition: CreationDefinition, { path, components }: Surroundings): OpenApiObject {
  const { operation, form, openapi } = definition
  const name = `${componentName(operation)}Input`
  const place = pointerOf(definition, path, `${REQUEST}${form.kind === 'bulk' ? '/items' : ''}`)
  const one = components.place(name, bodySchemaOf(definition), place)
  const schema = form.kind === 'bulk' ? { type: 'array', minItems: 1, maxItems: form.maxItems, items: one } : one
  const examples = Object.entries(openapi.examples ?? {}).map(([title, { summary, input }]) => [
    title,
    { ...(summary !== undefined && { summary }), value: input },
  ])
  return {
    required: true,
    content: {
      'application/json': { schema, ...(examples.length > 0 && { examples: Object.fromEntries(examples) }) },
    },
  }
}

/** Of a PUT the path has the name: a body may repeat it, and need not. */
function bodySchemaOf(definition: CreationDefinition): OpenApiObject {
  const schema = inputSchemaOf(definition)
  const { form } = definition
  if (form.kind !== 'put' || !Array.isArray(schema['required'])) return schema
  const required = schema['required'].filter((member) => member !== form.name)
  const { required: _, ...others } = schema
  return required.length === 0 ? others : { ...others, required }
}

/** Adds what others answer at this path; a status that the creation answers itself is documented by it alone. */
function withOthers({ operation, openapi }: CreationDefinition, ours: OpenApiObject): OpenApiObject {
  for (const status of Object.keys(openapi.responses ?? {})) {
    if (status in ours) {
      throw new TypeError(
        `${operation}: openapi.responses has ${status}, which the creation answers and documents itself; leave it out.`,
      )
    }
  }
  return { ...ours, ...openapi.responses }
}

/** The name of an operation as part of a component's name: `POST /orders` becomes `PostOrders`. */
function componentName(operation: string): string {
  return operation
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word[0]!.toUpperCase() + word.slice(1).replace(/^[A-Z]+$/, (rest) => rest.toLowerCase()))
    .join('')
}
