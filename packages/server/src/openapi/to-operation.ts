import type { Creation } from '../creation/creation.ts'
import { buildOperation } from './build-operation.ts'
import { inline } from './components.ts'
import type { OpenApiObject } from './open-api-object.ts'

/** A creation as far as documents need it. */
export type Described = Pick<Creation, 'definition'>

/** What a definition alone does not say. */
export interface ToOperationOptions {
  /**
   * The path at which the creation is mounted, as OpenAPI writes it: `/publishers/{publisherId}/books`. Its parameters are
   * then declared; a generator that declares those itself, such as Hono's, needs none.
   */
  readonly path?: string
}

/**
 * The OpenAPI 3.1 operation of a creation, complete in itself: no component is needed beside it.
 *
 * @throws TypeError where the schema of the input is not known; the message says what to do.
 *
 * @example
 * app.post('/orders', describeRoute(toOperation(createOrder)), toHono(createOrder))
 */
export function toOperation({ definition }: Described, { path }: ToOperationOptions = {}): OpenApiObject {
  return buildOperation(definition, { path, components: inline })
}
