import { mask } from '../../config/mask.ts'

// Enough for what a server says of itself, and too little to fill a screen.
const LONGEST = 300

/** What went wrong with a server, in one line without the password of its URL. */
export function explainError(error: unknown, url: string): string {
  const { code, message } = first(error)
  const text = message === '' || message === undefined ? (code ?? 'an error without a text') : message
  return mask(text.replace(/\s+/g, ' '), passwords(url)).slice(0, LONGEST)
}

/** Where a name has several addresses, Node says one error for each, and nothing for all. */
function first(error: unknown): { readonly code?: string; readonly message?: string } {
  return error instanceof AggregateError && error.errors.length > 0 ? first(error.errors[0]) : (error as Error)
}

/** The password of a URL, as it is written and as it is meant. */
function passwords(url: string): string[] {
  const [, written = ''] = /^[\w+.-]+:\/\/[^/@]*?:([^/]*)@/.exec(url) ?? []
  try {
    return [url, written, decodeURIComponent(written)]
  } catch {
    return [url, written]
  }
}
