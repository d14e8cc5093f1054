import type { CreationDefinition } from '../creation/definition.ts'
import type { OpenApiObject } from './open-api-object.ts'
import { toDuration } from './to-duration.ts'

/** The extension `x-creation`: the policies that OpenAPI has no words for; the verifier reads it. */
export function xCreation(definition: CreationDefinition): OpenApiObject {
  const { operation, duplicates, naturalKey, idempotency, retention, isOpen, openapi } = definition
  if (openapi.private === true && isOpen) {
    throw new TypeError(
      `${operation}: openapi.private cannot be true where principal is 'anybody': there are no callers to tell apart.`,
    )
  }
  return {
    ...(naturalKey.length > 0 && { naturalKey: [...naturalKey] }),
    duplicates,
    idempotency,
    ...(idempotency !== 'off' && { retention: toDuration(retention) }),
    ...(openapi.private !== undefined && { private: openapi.private }),
  }
}
