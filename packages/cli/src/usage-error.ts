/** Wrong usage or configuration: exit code 2, and a message that says what is wrong, what was seen, what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
