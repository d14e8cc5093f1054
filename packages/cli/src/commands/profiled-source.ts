import type { Command } from 'commander'
import { profiled } from '../config/profiled.ts'
import { UsageError } from '../usage-error.ts'
import { readSource, type Source } from './example/read-source.ts'
import type { VerifyFlags } from './verify-flags.ts'

/** What is to be judged, and how, where a profile is named; what stands on the command line outranks it. */
export async function profiledSource(
  command: Command,
  words: readonly string[],
  given: VerifyFlags,
): Promise<{ readonly source: Source; readonly flags: VerifyFlags }> {
  const { target, flags } = await profiled(command, given, words[0])
  // Also where the profile itself says so: customers are served there.
  if (flags.hostile && flags.profile === 'production')
    throw new UsageError(
      '--hostile is off for the profile production: nothing that looks like an attack is sent there.',
    )
  const isExample = given.curl !== undefined || given.json !== undefined || words.length > 1
  if (isExample && given.har === undefined) {
    const { baseUrl: address, ...rest } = flags
    // A request has its whole URL; the profile adds its credentials, which are for its own host.
    const own = given.baseUrl === undefined ? rest : { ...rest, baseUrl: given.baseUrl }
    const source = readSource(words, own)
    if (source.kind === 'example') requireOrigin(source.example.url, address, flags.profile)
    return { source, flags: own }
  }
  // A recording calls nobody, so that a base URL is no document to be fetched.
  const needsDocument = given.har === undefined || target !== flags.baseUrl
  if (words.length > 0 && given.har === undefined && given.baseUrl === undefined)
    requireOrigin(words[0]!, flags.baseUrl, flags.profile)
  return { source: readSource(words.length > 0 ? words : needsDocument ? [target] : [], flags), flags }
}

/** The credentials of a profile are for its own host, and its document describes what runs there. */
function requireOrigin(url: string, baseUrl: string | undefined, profile: string | undefined): void {
  if (!/^https?:\/\//i.test(url) || baseUrl === undefined || !URL.canParse(url) || !URL.canParse(baseUrl)) return
  const { origin } = new URL(url)
  if (origin === new URL(baseUrl).origin) return
  throw new UsageError(
    `${origin} is not where the profile ${profile} is (${new URL(baseUrl).origin}), and its credentials are not for there. Leave the target out, or say with --base-url where the API runs.`,
  )
}
