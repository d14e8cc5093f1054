/** Lets everybody else of this process go on first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
