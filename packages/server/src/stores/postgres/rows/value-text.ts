/** A declared value as PostgreSQL reads it from text; the type of its column says what the text means. */
export function valueText(value: unknown, column: string): string | null {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 't' : 'f'
    case 'undefined':
      return null
    case 'object':
      if (value === null) return null
      if (value instanceof Date) return value.toISOString()
      if (value instanceof Uint8Array)
        return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
      // json and jsonb; another type refuses the text, and its error names it.
      return JSON.stringify(value)
    default:
      throw new TypeError(`The column ${column} got a ${typeof value}, which PostgreSQL cannot store.`)
  }
}
