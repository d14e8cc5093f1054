import { symptoms } from './symptoms.ts'

/** Of the checks that are red on an operation, the one that may have made this one red too. */
export function leadingCheck(check: string, red: ReadonlySet<string>): string | undefined {
  return Object.keys(symptoms).find((leading) => red.has(leading) && symptoms[leading]?.includes(check))
}
