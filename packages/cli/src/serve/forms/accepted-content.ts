import type { Creation, Operation } from '@createonce/verifier/document'
import type { FieldStyle, FormShape } from './form-to-json.ts'

/** The two media types of forms. */
export const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'] as const

export type FormType = (typeof FORM_TYPES)[number]

/** What an operation takes as its content. */
export interface AcceptedContent {
  readonly forms: ReadonlyMap<FormType, FormShape>
  readonly takesJson: boolean
  /** JSON by a name from before RFC 4627, which some documents still have. */
  readonly takesTextJson: boolean
  /** Whether a request without content means `{}`. */
  readonly isOptional: boolean
}

/**
 * Reads off a document what an operation takes.
 *
 * Where no body is declared, a request without content creates from `{}`; so does one that sends `{}`, as many clients do
 * with every POST. Any other body is refused by {@link NO_BODY}: RFC 9110 lets a server ignore content that it has no
 * meaning for (§9.3.3 leaves it to the resource), but a client that sent members believes that they were kept.
 */
export function acceptedContent(
  { requestBody }: Pick<Operation, 'requestBody'>,
  body: Creation['body'],
): AcceptedContent {
  const content = (isObject(requestBody?.['content']) ? requestBody['content'] : {}) as Record<string, unknown>
  const declared = Object.keys(content)
  const bare = declared.map(essenceOf)
  const forms = new Map<FormType, FormShape>()
  for (const [index, type] of bare.entries()) {
    if (!isFormType(type) || body === undefined) continue
    const media = content[declared[index]!]
    forms.set(type, { schema: body.schema, styles: stylesOf(isObject(media) ? media['encoding'] : undefined) })
  }
  return {
    forms,
    takesJson:
      forms.size === 0 || bare.some((type) => /\+json$|^(application|text)\/json$|^(\*|application)\/\*$/.test(type)),
    takesTextJson: bare.some((type) => type === 'text/json' || type === 'text/*' || type === '*/*'),
    isOptional: declared.length === 0 || requestBody?.['required'] !== true,
  }
}

/** The schema of a body where none is declared. */
export const NO_BODY = { type: 'object', additionalProperties: false } as const

/** A media type without its parameters. */
export function essenceOf(mediaType: string): string {
  return mediaType.split(';')[0]!.trim().toLowerCase()
}

export function isFormType(type: string): type is FormType {
  return (FORM_TYPES as readonly string[]).includes(type)
}

const DELIMITERS: Readonly<Record<string, string>> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' }

/** OpenAPI 3.1 §4.8.15: without a style of its own, `form`, which repeats the name for every item. */
function stylesOf(encoding: unknown): FormShape['styles'] {
  const styles = new Map<string, FieldStyle>()
  for (const [name, one] of Object.entries(isObject(encoding) ? encoding : {})) {
    if (!isObject(one)) continue
    const { style = 'form', explode = style === 'form' } = one
    // Between items that were encoded as a whole (`a%2Cb`), as URLSearchParams does it, the delimiter counts too.
    styles.set(name, {
      isDeep: style === 'deepObject',
      delimiter: explode === false ? DELIMITERS[String(style)] : undefined,
    })
  }
  return styles
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
