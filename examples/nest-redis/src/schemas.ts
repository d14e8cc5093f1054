import { ApiResponse, type SchemaObject } from '@nestjs/swagger'
import { z } from 'zod'
import { parcel } from './parcel.js'

// zod writes what @nestjs/swagger has no decorators for.
const toSchema = (schema: z.ZodType) => z.toJSONSchema(schema) as SchemaObject
export const parcelSchema = toSchema(parcel)
export const pageSchema = toSchema(z.object({ items: z.array(parcel), next: z.string().optional() }))

/** Describes a route's refusals: RFC 9457 problems. */
export function refused(...statuses: number[]): MethodDecorator {
  return (target, name, descriptor) => {
    for (const status of statuses) {
      const content = { 'application/problem+json': { schema: { type: 'object' } } }
      ApiResponse({ status, description: 'A problem.', content })(target, name, descriptor)
    }
  }
}
