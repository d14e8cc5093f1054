import type { Command } from 'commander'
import type { VerifyFlags } from '../commands/verify-flags.ts'
import { type ChosenProfile, chooseProfile } from './choose-profile.ts'
import { loadConfig } from './load-config.ts'
import { type ProfiledFlags, toVerifyFlags } from './to-verify-flags.ts'

/** Reads the configuration, and puts the profile that is named, or the default one, below the options of a command. */
export async function profiled(
  command: Command,
  flags: VerifyFlags,
  target?: string,
): Promise<ProfiledFlags & { readonly chosen: ChosenProfile }> {
  const chosen = chooseProfile(await loadConfig(), flags.profile)
  const isGiven = (name: keyof VerifyFlags) => command.getOptionValueSource(name) === 'cli'
  return { chosen, ...toVerifyFlags(chosen, flags, isGiven, target) }
}
