// Drawn once per process, so that nobody can write a value that ends the literal; looked for all the same.
const TAG = `$c${Math.random().toString(36).slice(2, 10)}$`

/**
 * An array of texts as a literal of the simple protocol, dollar-quoted: inside it only the array's own two characters
 * need a backslash, where E'' would double all of them again.
 */
export function arrayLiteral(values: readonly (string | null)[]): string {
  let text = '{'
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (index > 0) text += ','
    text += value === null ? 'NULL' : `"${escaped(value)}"`
  }
  text += '}'
  for (let tag = TAG; ; tag = `$c${Math.random().toString(36).slice(2, 10)}$`) {
    if (!text.includes(tag)) return `${tag}${text}${tag}`
  }
}

const SPECIAL = /["\\]/g
const HAS_SPECIAL = /["\\\0]/

function escaped(value: string): string {
  if (!HAS_SPECIAL.test(value)) return value
  if (value.includes('\0')) throw new TypeError('PostgreSQL keeps no U+0000 in text; encode it, as JSON does.')
  return value.replace(SPECIAL, '\\$&')
}
