/** The members of these names that have a value. */
export function pick<T extends object, K extends keyof T>(flags: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Pick<T, K>
}
