/** One decision of a target that is wrong, and who must notice. */
export interface ChoiceFlaw<Choices> {
  readonly name: string
  readonly check: string
  readonly level: 'error' | 'warning' | 'note'
  readonly choices: Partial<Choices>
}

/** Writes the flaws of one target down, a line each. */
export function flawsOf<Choices>() {
  return (
    name: string,
    check: string,
    level: ChoiceFlaw<Choices>['level'],
    choices: Partial<Choices>,
  ): ChoiceFlaw<Choices> => ({ name, check, level, choices })
}
