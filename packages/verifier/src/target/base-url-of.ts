import type { Target } from './target.ts'

/** The base URL of an operation: that of its own server, else that of the target. */
export function baseUrlOf(
  target: Pick<Target, 'baseUrl'>,
  operation: { readonly baseUrl?: string } | undefined,
): string {
  return operation?.baseUrl ?? target.baseUrl
}
