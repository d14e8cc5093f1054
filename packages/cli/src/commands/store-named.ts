import { UsageError } from '../usage-error.ts'

/** What `--store` names. */
export type NamedStore =
  /** A temporary file, gone with the process. */
  | { readonly kind: 'memory' }
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** Reads `--store`: `sqlite:FILE`, `postgres://…`, `postgresql://…`, or `memory:`. */
export function storeNamed(text: string): NamedStore {
  if (text === 'memory:') return { kind: 'memory' }
  const [, scheme = '', file = ''] = /^([a-z]+):(.*)$/is.exec(text) ?? []
  if (/^postgres(ql)?$/i.test(scheme)) return { kind: 'postgres', url: text }
  if (scheme !== 'sqlite' || file === '') {
    // Only the scheme is repeated: what follows it may hold a password, also where a colon was forgotten.
    const seen = scheme !== '' ? `'${scheme}:'` : text.includes('@') ? 'a text without a scheme' : `'${text}'`
    throw new UsageError(`--store takes sqlite:FILE, postgres://… or memory:, not ${seen}.`)
  }
  if (file === ':memory:') throw new UsageError('A temporary store is --store memory: in createonce.')
  return { kind: 'sqlite', file }
}
