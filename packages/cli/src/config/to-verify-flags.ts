import { dirname, resolve } from 'node:path'
import type { HeaderLine } from '@createonce/verifier'
import type { VerifyFlags } from '../commands/verify-flags.ts'
import { UsageError } from '../usage-error.ts'
import type { ChosenProfile } from './choose-profile.ts'
import type { PerOperation } from './config.ts'

/** What a profile makes of a command line. */
export interface ProfiledFlags {
  /** What stands for TARGET: the one given, the profile's document, or its base URL, below which one is looked for. */
  readonly target: string
  readonly flags: VerifyFlags
}

/**
 * The options that a profile stands for, below those of the command line: what was given there outranks the profile.
 * Throws {@link UsageError} where a variable is not set that the profile takes something from.
 *
 * @param isGiven - tells what was given from what has a default (`command.getOptionValueSource(name) === 'cli'`).
 */
export function toVerifyFlags(
  chosen: ChosenProfile,
  given: VerifyFlags,
  isGiven: (name: keyof VerifyFlags) => boolean,
  target?: string,
): ProfiledFlags {
  requireVariables(chosen)
  const { profile, name, file } = chosen
  const { limits = {}, document } = profile
  const own: { readonly [Name in keyof VerifyFlags]?: VerifyFlags[Name] | undefined } = {
    profile: name,
    baseUrl: profile.baseUrl,
    otherHeader: lines(profile.otherHeaders, name),
    operation: profile.operations,
    check: profile.checks?.map((check) => (/^\.{0,2}\//.test(check) ? resolve(dirname(file), check) : check)),
    skipCheck: profile.skipChecks,
    require: profile.require,
    guidelines: profile.guidelines,
    duplicates: perOperation(profile.duplicates),
    idempotency: perOperation(profile.idempotency),
    unique: profile.unique,
    required: profile.required,
    hostile: profile.hostile,
    timeout: limits.timeoutMs,
    races: limits.races,
    maxRequests: limits.maxRequests,
    rate: limits.requestsPerSecond,
    yes: profile.create === 'yes' ? true : undefined,
    ask: profile.create === 'ask' ? true : undefined,
  }
  const below = Object.entries(own).filter(
    ([option, value]) => value !== undefined && !isGiven(option as keyof VerifyFlags),
  )
  const source = document ?? profile.baseUrl
  return {
    target: target ?? (/^https?:/i.test(source) ? source : resolve(dirname(file), source)),
    flags: {
      ...given,
      ...Object.fromEntries(below),
      header: merged(given.header ?? [], lines(profile.headers, name) ?? []),
      // Where nothing may be created, no option allows it.
      ...(profile.create === 'never' && { readOnly: true }),
    },
  }
}

function requireVariables({ name, unset }: ChosenProfile): void {
  // What is needed before the service starts is for doctor.
  const missing = unset.filter(({ place }) => !place.startsWith('prerequisites'))
  if (missing.length === 0) return
  const told = missing.map(({ place, variable }) => `  profiles.${name}.${place}: ${variable} is not set`)
  throw new UsageError(`The profile ${name} takes from the environment what is not there:\n${told.join('\n')}`)
}

/** Header lines of the command line, and those of the profile whose names are not among them. */
function merged(given: readonly HeaderLine[], own: readonly HeaderLine[]): HeaderLine[] {
  const names = new Set(given.map(([name]) => name.toLowerCase()))
  return [...own.filter(([name]) => !names.has(name.toLowerCase())), ...given]
}

function lines(headers: Readonly<Record<string, string>> | undefined, profile: string): HeaderLine[] | undefined {
  if (headers === undefined) return undefined
  const all = Object.entries(headers)
  // A file read into a variable ends with a line break, which no header can carry.
  const broken = all.find(([, value]) => /[\r\n\0]/.test(value))
  if (broken !== undefined) throw new UsageError(`profiles.${profile}: the header ${broken[0]} has a line break in it.`)
  return all
}

function perOperation(policy: PerOperation<string> | undefined): string[] | undefined {
  if (policy === undefined || typeof policy === 'string') return policy === undefined ? undefined : [policy]
  return Object.entries(policy).map(([operation, value]) => `${operation}=${value}`)
}
