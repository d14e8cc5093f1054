import type { Audit } from './open-audit.ts'

/** Makes one change and writes what came of it, also where it was broken off. */
export async function change<T>(
  audit: Audit,
  line: Readonly<Record<string, unknown>>,
  step: () => Promise<T>,
  outcomeOf: (value: T) => Readonly<Record<string, unknown>>,
): Promise<T> {
  let value: T
  try {
    value = await step()
  } catch (error) {
    audit.write({ ...line, outcome: 'failed' })
    throw error
  }
  audit.write({ ...line, ...outcomeOf(value) })
  return value
}
