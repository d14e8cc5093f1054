import type { Command } from 'commander'
import type { VerifyFlags } from '../commands/verify-flags.ts'
import { chooseProfile } from './choose-profile.ts'
import { loadConfig } from './load-config.ts'
import { type ProfiledFlags, toVerifyFlags } from './to-verify-flags.ts'

/** Reads the configuration, and puts the profile that is named, or the default one, below the options of a command. */
export async function profiled(command: Command, flags: VerifyFlags, target?: string): Promise<ProfiledFlags> {
  const chosen = chooseProfile(await loadConfig(), flags.profile)
  return toVerifyFlags(chosen, flags, (name) => command.getOptionValueSource(name) === 'cli', target)
}
