import { dirname, resolve } from 'node:path'
import { chooseProfile } from '../../config/choose-profile.ts'
import { loadConfig } from '../../config/load-config.ts'
import { UsageError } from '../../usage-error.ts'
import type { KeysFlags } from './keys-flags.ts'

/** Where the records are. */
export type ChosenStore = { readonly secrets: readonly string[] } & (
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string }
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string }
)

const KINDS = ['postgres', 'sqlite', 'redis'] as const

/** The store that `--store` names, or the profile of the configuration; throws {@link UsageError}. */
export async function chooseStore(flags: KeysFlags): Promise<ChosenStore> {
  const { store } = flags
  if (store !== undefined && !isKind(store)) return fromText(store, flags)
  const chosen = chooseProfile(await loadConfig(), flags.profile)
  const prerequisites = chosen.profile.prerequisites ?? {}
  const named = KINDS.filter((kind) => prerequisites[kind] !== undefined)
  const kinds = store === undefined ? named : named.filter((kind) => kind === store)
  const [kind] = kinds
  if (kind === undefined) {
    const wanted = store ?? KINDS.join(', ')
    throw new UsageError(
      `The profile ${chosen.name} names no store in prerequisites (${wanted}). Add it, or say --store sqlite:FILE, postgres://… or redis://….`,
    )
  }
  if (kinds.length > 1) {
    throw new UsageError(
      `The profile ${chosen.name} names ${kinds.join(' and ')}: say which one holds the keys with --store ${kind}.`,
    )
  }
  const missing = chosen.unset.find(({ place }) => place.startsWith(`prerequisites.${kind}.`))
  if (missing !== undefined) throw new UsageError(`${missing.place} takes ${missing.variable}, which is not set.`)
  if (kind === 'sqlite') {
    const file = resolve(dirname(chosen.file), prerequisites.sqlite!.file)
    return { kind, file, secrets: chosen.secrets }
  }
  const { url } = prerequisites[kind]!
  const secrets = [...chosen.secrets, ...passwordOf(url)]
  if (kind === 'redis') return { kind, url, prefix: prefixOf(flags), secrets }
  return { kind, url, schema: flags.schema ?? prerequisites.postgres!.schema ?? 'createonce', secrets }
}

function isKind(text: string): boolean {
  return KINDS.some((kind) => kind === text)
}

function fromText(text: string, flags: KeysFlags): ChosenStore {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/i.exec(text) ?? []
  const secrets = [text, ...passwordOf(text)]
  if (scheme === 'sqlite' && rest !== '') return { kind: 'sqlite', file: resolve(rest), secrets: [] }
  if (/^postgres(ql)?$/.test(scheme)) {
    return { kind: 'postgres', url: text, schema: flags.schema ?? 'createonce', secrets }
  }
  if (/^rediss?$/.test(scheme)) return { kind: 'redis', url: text, prefix: prefixOf(flags), secrets }
  // Only the scheme is repeated: what follows it may hold a password.
  throw new UsageError(
    `--store takes sqlite:FILE, postgres://… or redis://…, not ${scheme === '' ? 'this' : `'${scheme}:'`}.`,
  )
}

function prefixOf({ prefix }: KeysFlags): string {
  return prefix ?? 'createonce:'
}

function passwordOf(url: string): string[] {
  const [, password] = /\/\/[^/@]*?:([^/@]+)@/.exec(url) ?? []
  return password === undefined ? [] : [password]
}
