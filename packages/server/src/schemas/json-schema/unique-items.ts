import { canonicalText } from '../../creation/json/canonical-text.ts'

// Far more than a creation takes, and far from the end of the stack.
const MAX_LEVELS = 500

interface Found {
  readonly keyword: string
  readonly message: string
  readonly params: { readonly i: number; readonly j: number }
}

interface Validate {
  (isAsked: boolean, items: readonly unknown[]): boolean
  errors?: readonly Found[]
}

const validate: Validate = (isAsked, items) => {
  if (!isAsked) return true
  const seen = new Map<string, number>()
  for (const [i, item] of items.entries()) {
    const canonical = canonicalText(item, MAX_LEVELS)
    // What no JSON text can be is equal to nothing.
    if (canonical.kind !== 'text') continue
    const j = seen.get(canonical.text)
    if (j !== undefined) {
      const message = `must NOT have duplicate items (items ## ${j} and ${i} are identical)`
      validate.errors = [{ keyword: 'uniqueItems', message, params: { i, j } }]
      return false
    }
    seen.set(canonical.text, i)
  }
  return true
}

/**
 * `uniqueItems` in a time that grows with the body. That of ajv compares each object with every other one: a body of
 * 200 kB that is within all other limits keeps a process busy for a minute.
 */
export const uniqueItems: object = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: true,
  validate,
}
