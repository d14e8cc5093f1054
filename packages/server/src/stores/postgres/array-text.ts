const SPECIAL = /["\\]/g
const HAS_SPECIAL = /["\\]/

/** An array of texts as PostgreSQL reads it from text. */
export function arrayText(values: readonly (string | null)[]): string {
  let text = '{'
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (index > 0) text += ','
    if (value === null) text += 'NULL'
    else text += HAS_SPECIAL.test(value) ? `"${value.replace(SPECIAL, '\\$&')}"` : `"${value}"`
  }
  return `${text}}`
}
