import type { Components } from './components.ts'
import type { OpenApiObject } from './open-api-object.ts'

const TEXT = { type: 'string' }

/** The headers of answers, each described once. */
const HEADERS: Readonly<Record<string, { readonly description: string; readonly schema: OpenApiObject }>> = {
  Location: { description: 'Where the resource is.', schema: { type: 'string', format: 'uri-reference' } },
  'Content-Location': {
    description: 'Where what the body represents is.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  ETag: { description: 'The version of the representation, as GET answers it.', schema: TEXT },
  'Idempotent-Replayed': {
    description: '`true` on the recorded answer to a retry; absent otherwise.',
    schema: { type: 'string', const: 'true' },
  },
  'Preference-Applied': {
    description: 'Which preference of `Prefer` was followed; absent where none was.',
    schema: { type: 'string', enum: ['return=minimal', 'return=representation'] },
  },
  'Retry-After': { description: 'After how many seconds to try again.', schema: { type: 'integer', minimum: 0 } },
  Allow: { description: 'The methods that this resource has.', schema: TEXT },
  'Accept-Post': { description: 'The media type that is taken.', schema: TEXT },
  'Accept-Encoding': { description: 'The content coding that is taken.', schema: TEXT },
}

/** A header as a part of a response. Whether it is always sent is part of a component, hence of its name. */
export function headerOf(name: string, required: boolean, components: Components): OpenApiObject {
  const component = `Creation${name.replaceAll('-', '')}${required ? '' : 'Optional'}`
  return components.share('headers', component, { ...HEADERS[name]!, required })
}
