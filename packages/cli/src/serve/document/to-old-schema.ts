import type { OpenApiObject } from '@createonce/server/openapi'

/** Keywords that OpenAPI 3.0 does not have, as it has them; what is left means the same in 3.1. */
export function toOldSchema(schema: OpenApiObject | undefined): OpenApiObject {
  const { const: only, examples, ...others } = schema ?? {}
  return {
    ...others,
    ...(only !== undefined && { enum: [only] }),
    ...(Array.isArray(examples) && examples.length > 0 && { example: examples[0] as unknown }),
  }
}
