import type { CommonSettings } from './settings.ts'

const NAMES = {
  operation: true,
  store: true,
  onCrash: true,
  principal: true,
  input: true,
  serverSet: true,
  create: true,
  insert: true,
  duplicates: true,
  idempotency: true,
  location: true,
  represent: true,
  etag: true,
  publicBaseUrl: true,
  problemTypes: true,
  invalidStatus: true,
  maxBodyBytes: true,
  replayCacheBytes: true,
  log: true,
  logSecret: true,
  observe: true,
  openapi: true,
  time: true,
} satisfies Readonly<Record<keyof CommonSettings<never, never, never, never> | 'create' | 'insert', true>>

/**
 * Throws a TypeError for a name that is no setting: a misspelled one would be left out without a word.
 *
 * @param more - further settings, of a creation that has some of its own.
 */
export function checkNames(settings: { readonly operation: string }, more: readonly string[] = []): void {
  for (const name in settings) {
    if (Object.hasOwn(NAMES, name) || more.includes(name)) continue
    throw new TypeError(
      `${settings.operation}: there is no setting ${JSON.stringify(name)}; there are ${[...Object.keys(NAMES), ...more].join(', ')}.`,
    )
  }
}
