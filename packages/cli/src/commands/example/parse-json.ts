import { UsageError } from '../../usage-error.ts'

/** Parses JSON that stands on the command line, or says what it should have been. */
export function parseJson(text: string, where: string, advice = ''): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where} is no JSON (${(error as Error).message}).${advice}`)
  }
}
