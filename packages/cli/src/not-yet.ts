import { type Command, Option } from 'commander'
import { UsageError } from './usage-error.ts'

/** Adds promised options that are not in this version: refused by name when they are given. */
export function refuseOptions(command: Command, flags: readonly string[]): Command {
  for (const flag of flags) {
    // With an optional argument, `--latency` alone is refused for the same reason and not for lack of a number.
    const option = new Option(flag.replace(/<(.+)>/, '[$1]'), '(not in this version)').hideHelp()
    command.addOption(option)
    command.on(`option:${option.name()}`, () => {
      throw new UsageError(`${option.long} is not in this version of createonce ${command.name()}.`)
    })
  }
  return command
}
